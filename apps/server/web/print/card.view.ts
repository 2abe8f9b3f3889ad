import { civilDate, type Instant } from '#kernel';
import { heldFrom, isOpen, orderIsOpen, responsibleAt, type Handoff, type Responsible } from '#pathway';
import { dateAndTime, longDate } from '#web';
import { personView } from '../record/person.view.js';
import { staffName } from '../record/responsible.view.js';
import type { Subject } from '../record/subject.js';
import { teamName, teamView, type TeamView } from '../record/teams.js';

/** What a person has at home by the telephone: who, whom to ring, what next. Nothing clinical: it lies about. */
export interface CardPage {
  readonly name: string;
  /** In one sentence, spoken to the person. */
  readonly who: string;
  readonly ring: TeamView | null;
  readonly keyWorker: string | null;
  readonly next: readonly string[];
  readonly printedAt: Instant;
  readonly back: string;
  readonly backText: string;
}

/** Undefined where there is nobody to give it to. */
export function cardPage(subject: Subject): CardPage | undefined {
  const { record, journey, identity, now } = subject;
  const responsible = responsibleAt(record, journey.journeyId, now);
  const { name, withheld } = personView(record, identity, now);
  if (responsible.kind === 'ended' || withheld !== null) return undefined;
  const team = responsible.kind === 'team' ? responsible.team : (responsible.lastHeldBy ?? responsible.returnsTo);
  const ring = team ?? journey.referral?.to;
  return {
    name,
    who:
      responsible.kind === 'team'
        ? `${teamName(responsible.team, now)} looks after your care.`
        : 'No team has taken over your care yet. Ring the team below first.',
    ring: ring ? teamView(ring, now) : null,
    keyWorker: keyWorkerName(responsible),
    next: nextWords(subject, responsible),
    printedAt: now,
    back: `/journeys/${journey.journeyId}`,
    backText: 'Back to the journey',
  };
}

/** A name that somebody can ask for; an id of the register of staff is none. */
function keyWorkerName(responsible: Responsible): string | null {
  if (responsible.kind !== 'team' || responsible.keyWorker === undefined) return null;
  const name = staffName(responsible.keyWorker);
  return name === responsible.keyWorker ? null : name;
}

const orderedWords = {
  equipment: 'Equipment has been ordered',
  meals: 'Meals have been ordered',
  placement: 'A place to stay has been asked for',
} as const;

/** What the person has not been told is not first told by a card. */
const isTold = ({ contents: { toldPerson, agreement } }: Handoff): boolean =>
  toldPerson !== undefined || agreement === 'agreed';

function nextWords(subject: Subject, responsible: Responsible): readonly string[] {
  const { record, journey, now } = subject;
  const holder = responsible.kind === 'team' ? teamName(responsible.team, now) : undefined;
  const plan = record.plans.findLast((one) => one.journeyId === journey.journeyId && one.endedAt === undefined);
  const words = [
    ...journey.handoffs.filter(isTold).flatMap((handoff) => handoverWords(subject, handoff, holder)),
    ...(responsible.kind === 'team' && responsible.returnsTo
      ? [`When you leave hospital, ${teamName(responsible.returnsTo, now)} looks after you, unless another team does.`]
      : []),
    ...journey.orders
      .filter(orderIsOpen)
      .map(
        ({ kind, promisedOn }) =>
          `${orderedWords[kind]} for you${promisedOn !== undefined && promisedOn >= civilDate(now) ? `, promised by ${longDate(promisedOn)}` : ''}.`,
      ),
    ...(plan?.reviewBy === undefined
      ? []
      : [`Your care plan is to be gone through with you by ${longDate(plan.reviewBy)}.`]),
  ];
  return words.length > 0 ? words : ['Nothing else is arranged at this moment. Ring if you need something.'];
}

function handoverWords({ record, now }: Subject, handoff: Handoff, holder: string | undefined): readonly string[] {
  const to = teamName(handoff.to, now);
  if (isOpen(handoff))
    return [
      `${to} has been asked to take over, and has not answered yet.${holder ? ` Until then ${holder} looks after you.` : ''}`,
    ];
  if (handoff.status !== 'accepted' || !handoff.accepted) return [];
  const held = heldFrom(record, handoff);
  if (held !== undefined && held <= now) {
    return handoff.firstContact || holder !== to ? [] : [`${to} has still to see or speak to you for the first time.`];
  }
  const { effect, effectAt, expectedOn } = handoff.accepted;
  return effect === 'atTime' && effectAt !== undefined
    ? [`From ${dateAndTime(effectAt)} ${to} looks after you.`]
    : [
        `When you leave hospital, ${to} looks after you.${expectedOn ? ` That is expected on ${longDate(expectedOn)}.` : ''}`,
      ];
}
