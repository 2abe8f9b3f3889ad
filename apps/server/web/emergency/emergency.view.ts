/** Emergency access in words: to whoever opened it, to the team that was told, to those who oversee it. */
import { isInForce, isReviewed, mayReviewEmergencyAccess, maySeeEmergencyAccess, type EmergencyAccess } from '#access';
import { civilDate, elapsed, type Actor, type Instant } from '#kernel';
import {
  dateAndTime,
  emergencyReasonWords,
  inSentence,
  longDate,
  reviewOutcomeWords,
  roleWords,
  type FieldProblem,
  type PageFrame,
} from '#web';
import type { Engine } from '../../engine.js';
import { newsWords, unseen } from '../form/since-opened.js';
import { organisationName } from '../pages.js';
import { personView, type PersonView } from '../record/person.view.js';
import { staffName } from '../record/responsible.view.js';
import { teamName } from '../record/teams.js';

/** What a page needs of the engine to tell of it. */
type Telling = Pick<Engine, 'asShown' | 'vault' | 'realClock'>;

export interface EmergencyNotice {
  /** Null where they were not told, and so read no more of it than this. */
  readonly href: string | null;
  readonly text: string;
  readonly overdue: boolean;
  readonly mayReview: boolean;
  /** For a review, or for somebody to follow it up. */
  readonly waits: boolean;
}

export interface EmergencyView extends EmergencyNotice {
  readonly person: PersonView;
  readonly journey: string;
  readonly by: string;
  readonly openedAt: Instant;
  readonly ended: string;
  readonly reason: string;
  readonly words: string;
  readonly told: string;
  readonly views: number;
  readonly reviewBy: string;
  readonly reviews: readonly { readonly who: string; readonly outcome: string; readonly words: string | null }[];
  readonly mayEnd: boolean;
  /** Whether who it is stands on the page. */
  readonly identified: boolean;
}

const who = ({ staff, role, organisation }: Pick<EmergencyAccess, 'staff' | 'role' | 'organisation'>): string =>
  `${staffName(staff)}, ${roleWords[role]}, ${organisationName(organisation)}`;

const isOverdue = ({ reviewBy, reviews }: EmergencyAccess, now: Instant): boolean =>
  reviews.length === 0 && civilDate(now) > reviewBy;

/** Teams by the names that they have on that day. */
const toldWords = ({ told }: EmergencyAccess, now: Instant): string =>
  told.map((team) => teamName(team, now)).join(' and ') || 'the pilot lead and the auditor';

/** For every page of a record that is shown because of it. */
export function emergencyFrame(
  engine: Telling,
  access: EmergencyAccess | undefined,
): { readonly emergency?: NonNullable<PageFrame['emergency']> } {
  if (!access) return {};
  const now = engine.realClock.now();
  return {
    emergency: {
      until: engine.asShown(access.until),
      endsIn: Math.ceil(elapsed(now, access.until) / 1000),
      told: `${toldWords(access, engine.asShown(now))} ${access.told.length === 1 ? 'has' : 'have'} been told`,
      href: hrefOf(access),
    },
  };
}

const hrefOf = ({ access }: EmergencyAccess): string => `/emergency-access/${access}`;

/** One line for those who have to know. */
export function emergencyNotice(engine: Telling, access: EmergencyAccess, actor: Actor): EmergencyNotice {
  const { staff, organisation, openedAt, reason, reviews } = access;
  const last = reviews.at(-1);
  const found = last ? ` ${reviewOutcomeWords[last.outcome]}.` : '';
  return {
    href: maySeeEmergencyAccess(actor, access).allowed ? hrefOf(access) : null,
    text: `Opened in an emergency by ${staffName(staff)} of ${organisationName(organisation)} on ${dateAndTime(engine.asShown(openedAt))}: ${inSentence(emergencyReasonWords[reason])}.${found}`,
    overdue: isOverdue(access, engine.realClock.now()),
    waits: !isReviewed(access),
    mayReview: mayReviewEmergencyAccess(actor, access).allowed,
  };
}

export async function emergencyView(engine: Telling, access: EmergencyAccess, actor: Actor): Promise<EmergencyView> {
  const now = engine.realClock.now();
  const today = engine.asShown(now);
  const sees = maySeeEmergencyAccess(actor, access);
  const identified = sees.allowed && sees.identity === 'shown';
  // Why a record was opened is what an auditor judges; of others those alone who may read the record itself.
  const reads = identified || actor.role === 'auditor';
  const open = reads ? await engine.vault.opening([access.person]) : undefined;
  const read = (sealed: string | undefined): string | null => {
    if (sealed === undefined) return null;
    if (!open) return 'Not shown to your role';
    const text = open(access.person, sealed);
    return typeof text === 'string' ? text : 'Erased';
  };
  const { person, until, endedAt, reviewBy, reviews, views, reason } = access;
  const inForce = isInForce(access, now);
  return {
    ...emergencyNotice(engine, access, actor),
    person: personView({ personId: person }, identified ? await engine.vault.identity(person) : undefined, today),
    journey: `/journeys/${access.journey}`,
    by: who(access),
    openedAt: engine.asShown(access.openedAt),
    ended: inForce
      ? `Ends by itself on ${dateAndTime(engine.asShown(until))}`
      : `Ended on ${dateAndTime(engine.asShown(endedAt ?? until))}${endedAt === undefined ? ', when its time was over' : ''}`,
    reason: emergencyReasonWords[reason],
    words: read(access.words) ?? 'None kept',
    told: toldWords(access, today),
    views,
    reviewBy: longDate(civilDate(engine.asShown(`${reviewBy}T12:00:00.000Z`))),
    reviews: reviews.map((review) => ({
      who: `${who(review)}, ${dateAndTime(engine.asShown(review.at))}`,
      outcome: reviewOutcomeWords[review.outcome],
      words: read(review.words),
    })),
    mayEnd: inForce && actor.staff === access.staff,
    identified,
  };
}

export const reviewsByOthers = ({ reviews }: EmergencyAccess, { staff }: Actor): EmergencyAccess['reviews'] =>
  reviews.filter((review) => review.staff !== staff);

/** What others found while a form for a review was open (hazard H13). */
export function reviewsSince(
  engine: Pick<Telling, 'asShown'>,
  access: EmergencyAccess,
  { actor, mark }: { readonly actor: Actor; readonly mark: string | undefined },
): readonly FieldProblem[] {
  return newsWords(
    unseen(reviewsByOthers(access, actor), mark).map(({ outcome, at, organisation }) => ({
      title: `Somebody else reviewed it: ${inSentence(reviewOutcomeWords[outcome])}`,
      entry: { occurredAt: engine.asShown(at), actor: { organisation } },
    })),
  );
}
