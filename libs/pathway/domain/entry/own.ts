/**
 * What is a person's own and can be somebody else's: a hospital stay and a death stand on no journey, so they move from
 * one person's own stream to another's (DESIGN 4, scenario 10).
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

export const isDeath = (event: RecordedEvent): boolean => asMade(event).type === 'PersonDied';

/** Whether it moves from one person's own stream to another's; who somebody is and what they agreed to does not. */
export const isOwn = (event: RecordedEvent): boolean =>
  event.stream.startsWith('person-') && (ofStay.has(asMade(event).type) || isDeath(event));

interface AboutStay {
  readonly stayId?: string;
  readonly destination?: string;
}
const aboutOf = (event: RecordedEvent): AboutStay => asMade(event).data as AboutStay;

const isDyingThere = (event: RecordedEvent): boolean =>
  asMade(event).type === 'Discharged' && aboutOf(event).destination === 'died';

/**
 * A stay goes whole, from the admission on; with it a death that ended it. A death goes alone: the stay that it ended may
 * be the right person's.
 *
 * @param recorded of one person's own stream
 */
export function whatHangsOnOwn(entry: string | undefined, recorded: readonly RecordedEvent[]): readonly RecordedEvent[] {
  const own = recorded.filter(isOwn);
  const found = own.find(({ eventId }) => eventId === entry);
  if (!found || isDeath(found)) return found ? [found] : [];
  const { stayId } = aboutOf(found);
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
  { death, stays, personId }: PersonRecord,
  { now }: Pick<Context, 'now'>,
): Refusal | undefined {
  if (death && arriving.some(isDeath))
    return refuse(
      'died-already',
      `That person's death is recorded already, ${when(death.at, now)}: take back the one that is wrong.`,
    );
  if (death && arriving.some(({ occurredAt }) => occurredAt > death.at))
    return refuse('person-died', `That person died ${when(death.at, now)}, before what is moved.`);
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
