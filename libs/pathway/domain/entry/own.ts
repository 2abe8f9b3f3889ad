/**
 * What is a person's own and can be somebody else's: a hospital stay, a death, and what another system told of (an
 * attendance, a contact, a care plan) stand on no journey, so they move from one person's own stream to another's (DESIGN 4,
 * scenario 10).
 */
import { effectiveHistory, refuse, type RecordedEvent, type Refusal } from '#kernel';
import type { Context } from '../context.js';
import { pathwayRegistry, recordOf } from '../record/fold.js';
import type { PersonRecord, Stay } from '../record/state.js';
import { moment, when } from '../words.js';
import { asMade } from './together.js';

const ofStay: ReadonlySet<string> = new Set([
  'Admitted',
  'Transferred',
  'ReadyForTransferDeclared',
  'ReadinessWithdrawn',
  'Discharged',
]);

/** Taken in from elsewhere, of no journey here. */
const ofSources: ReadonlySet<string> = new Set([
  'EmergencyAttended',
  'ContactRecorded',
  'CarePlanAgreed',
  'CarePlanReviewed',
]);

export const isDeath = (event: RecordedEvent): boolean => asMade(event).type === 'PersonDied';

/** Whether it moves from one person's own stream to another's; who somebody is and what they agreed to does not. */
export const isOwn = (event: RecordedEvent): boolean =>
  event.stream.startsWith('person-') &&
  (ofStay.has(asMade(event).type) || ofSources.has(asMade(event).type) || isDeath(event));

interface About {
  readonly stayId?: string;
  readonly attendance?: string;
  readonly plan?: string;
  readonly destination?: string;
}
const aboutOf = (event: RecordedEvent): About => asMade(event).data as About;

const isDyingThere = (event: RecordedEvent): boolean =>
  asMade(event).type === 'Discharged' && aboutOf(event).destination === 'died';

/**
 * A stay goes whole, from the admission on; with it a death that ended it. A death goes alone: the stay that it ended may
 * be the right person's. A plan goes with its reviews, a contact and an attendance alone.
 *
 * @param recorded of one person's own stream
 */
export function whatHangsOnOwn(entry: string | undefined, recorded: readonly RecordedEvent[]): readonly RecordedEvent[] {
  const own = recorded.filter(isOwn);
  const found = own.find(({ eventId }) => eventId === entry);
  if (!found || isDeath(found)) return found ? [found] : [];
  const { stayId, plan } = aboutOf(found);
  if (stayId === undefined) return plan === undefined ? [found] : own.filter((event) => aboutOf(event).plan === plan);
  const stands = effectiveHistory(recorded, pathwayRegistry).filter(isOwn);
  const died = stands.some((event) => aboutOf(event).stayId === stayId && isDyingThere(event));
  return own.filter((event) => aboutOf(event).stayId === stayId || (died && isDeath(event)));
}

/** The stay that a death ended, where the death moves without it: it goes on. */
export const stayThatGoesOn = (
  going: readonly RecordedEvent[],
  { stays }: Pick<PersonRecord, 'stays'>,
): Stay | undefined =>
  going.some(isDeath) && !going.some(isDyingThere)
    ? stays.find(({ discharged }) => discharged?.destination === 'died')
    : undefined;

const overlaps = (a: Stay, b: Stay): boolean =>
  (!b.discharged || a.admitted.at < b.discharged.at) && (!a.discharged || b.admitted.at < a.discharged.at);

/**
 * Why entries cannot count on this record; undefined where they can. Asked before anything leaves the other one, and
 * again when it arrives.
 *
 * @param arriving as they stand, corrections in place
 */
export function whyNotHere(
  arriving: readonly RecordedEvent[],
  { death, stays, attendances, plans, personId }: PersonRecord,
  { now }: Pick<Context, 'now'>,
): Refusal | undefined {
  if (death && arriving.some(isDeath))
    return refuse(
      'died-already',
      `That person's death is recorded already, ${when(death.at, now)}: take back the one that is wrong.`,
    );
  if (death && arriving.some(({ occurredAt }) => occurredAt > death.at))
    return refuse('person-died', `That person died ${when(death.at, now)}, before what is moved.`);
  const isThere = arriving
    .filter(({ type }) => type !== 'CarePlanReviewed')
    .map(aboutOf)
    .some(
      (one) =>
        attendances.some(({ attendance }) => attendance === one.attendance) || plans.some(({ plan }) => plan === one.plan),
    );
  if (isThere)
    return refuse('there-already', 'That is on that person’s record already: take back the one that is wrong.');
  const { stays: came } = recordOf(personId, arriving.map(asMadeHere));
  const there = stays.find((stay) => came.some((one) => one.stayId !== stay.stayId && overlaps(one, stay)));
  return (
    there &&
    refuse(
      'already-in-hospital',
      `That person was in hospital from ${moment(there.admitted.at, now)}: take back the stay that is wrong.`,
    )
  );
}

const asMadeHere = (event: RecordedEvent): RecordedEvent => ({ ...event, ...asMade(event) });
