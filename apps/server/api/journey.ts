/** One journey as somebody may see it, folded from its streams when asked: it never lags behind (DESIGN 6). */
import type { Principal } from '#access';
import { mapSealed } from '#commands';
import { civilDate, journeyStream, personStream, type Instant, type RecordedEvent } from '#kernel';
import {
  asReceiverSees,
  momentOf,
  pathwayRegistry,
  recordOf,
  responsibilityTimeline,
  type Journey,
  type PersonRecord,
} from '#pathway';
import { SealBrokenError } from '#people';
import { definition } from '#pilots';
import type { Engine } from '../engine.js';
import { partOf, type Part } from '../web/record/part.js';
import { waitFor } from './query.js';

export interface Found {
  readonly record: PersonRecord;
  readonly journey: Journey;
  readonly entries: readonly RecordedEvent[];
  /** Of the journey's stream: the ETag of commands on it. */
  readonly revision: number;
  readonly part: Part;
  readonly asAt: Instant;
}

export interface KnownAt {
  readonly moment: Instant;
  readonly ordinal: number;
}

/** An entry of it cannot be folded, or is of a newer release: nothing of it is shown rather than part of it. */
export class RecordUnreadableError extends Error {
  constructor(
    readonly person: string,
    override readonly cause: unknown,
  ) {
    super('the record cannot be read in full');
  }
}

function folded(person: string, recorded: readonly RecordedEvent[]) {
  try {
    const entries = recorded.map((event) => pathwayRegistry.decode(event)).sort(byArrival);
    return { entries, record: recordOf(person, entries) };
  } catch (error) {
    throw new RecordUnreadableError(person, error);
  }
}

/** Undefined where there is no such journey. Whoever asks says what of it may be shown. @throws RecordUnreadableError */
export async function readJourney(engine: Engine, journeyId: string): Promise<Omit<Found, 'part'> | undefined> {
  const onJourney = await engine.store.readStream(journeyStream(journeyId));
  const person = onJourney[0]?.person;
  if (person === undefined) return undefined;
  const { record, entries } = folded(person, [...(await engine.store.readStream(personStream(person))), ...onJourney]);
  const journey = record.journeys[journeyId];
  if (!journey) return undefined;
  return { record, journey, entries, revision: onJourney.length - 1, asAt: engine.clock.now() };
}

/** As somebody may see it; undefined where there is no such journey, or was none yet. */
export async function findJourney(
  engine: Engine,
  { actor }: Principal,
  journeyId: string,
  knownAt?: KnownAt,
): Promise<Found | undefined> {
  const read = await readJourney(engine, journeyId);
  if (!read) return undefined;
  const found = { ...read, part: partOf(actor, read.record, read.journey, read.asAt) };
  return knownAt ? asKnownAt(found, knownAt) : found;
}

/**
 * The same journey as it was known then; undefined where nothing was known of it yet. Who may see it is told by what is
 * known today: an entry on the wrong record gives nobody a part in it for ever.
 */
export function asKnownAt(
  {
    record: { personId },
    journey: { journeyId },
    entries,
    part,
  }: Pick<Found, 'record' | 'journey' | 'entries' | 'part'>,
  knownAt: KnownAt,
): Found | undefined {
  const known = entries.filter((event) => isKnown(event, knownAt));
  const record = recordOf(personId, known);
  const journey = record.journeys[journeyId];
  if (!journey) return undefined;
  const revision = known.filter(({ stream }) => stream === journeyStream(journeyId)).length - 1;
  return { record, journey, entries: known, revision, part: partThen(part, journey), asAt: knownAt.moment };
}

/** Whoever sees the offers alone sees those of them that had been made. */
const partThen = (part: Part, { handoffs }: Journey): Part =>
  part.kind === 'offers'
    ? {
        ...part,
        handoffs: handoffs
          .filter(({ handoffId }) => part.handoffs.some((one) => one.handoffId === handoffId))
          .map(asReceiverSees),
      }
    : part;

/** The last entry of the log known at that moment: counted by the read models, so they have to be as far as the log. */
export async function knownAtMoment(engine: Engine, moment: Instant): Promise<KnownAt> {
  const { position } = await engine.store.head();
  await waitFor(engine, position);
  return { moment, ordinal: await engine.reader.ordinalAt(moment) };
}

/** A stream read on a cluster has no ordinals: the moment of recording stands for them. */
const isKnown = ({ ordinal, recordedAt }: RecordedEvent, knownAt: KnownAt): boolean =>
  ordinal > 0 ? ordinal <= knownAt.ordinal : recordedAt <= knownAt.moment;

const byArrival = (a: RecordedEvent, b: RecordedEvent): number =>
  a.ordinal - b.ordinal || (a.recordedAt < b.recordedAt ? -1 : a.recordedAt > b.recordedAt ? 1 : 0);

/** Free text in the clear for those who may read it; for others the place is kept and the words are not. */
export async function journeyView(engine: Engine, { record, journey, entries, part, asAt }: Found) {
  const { personId, stays, death } = record;
  const identified = part.kind === 'offers' || (part.kind === 'whole' && part.identified);
  const open = identified ? await opener(engine, [personId]) : undefined;
  const readable = (data: unknown) =>
    mapSealed(data, (sealed) => (open ? open(personId, sealed) : NOT_SHOWN));
  const identity = identified ? await engine.vault.identity(personId) : undefined;
  const common = { journeyId: journey.journeyId, personId, shown: part.kind, ...(identity && { identity }) };
  if (part.kind !== 'whole') return { ...common, handoffs: readable(part.kind === 'offers' ? part.handoffs : []) };
  const rules = definition(journey.pathway, journey.definitionVersion);
  const index = rules && momentOf(rules.indexDate.rule, record, journey);
  const timeline = responsibilityTimeline(record, journey.journeyId, asAt);
  return {
    ...common,
    responsible: timeline.at(-1),
    timeline,
    journey: readable(journey),
    ...(index && { indexDate: civilDate(index.at) }),
    stays: readable(stays),
    ...(death && { death }),
    entries: entries.map(
      ({ eventId, type, stream, revision, ordinal, occurredAt, precision, recordedAt, actor, data }) => ({
        eventId,
        type,
        stream,
        revision,
        ordinal,
        occurredAt,
        precision,
        recordedAt,
        actor,
        data: readable(data),
      }),
    ),
  };
}

const NOT_SHOWN = '(not shown to your role)';

/** Opens what is said of these people. One text that cannot be read does not take the rest of a page with it. */
export async function opener(engine: Engine, people: readonly string[]): Promise<(person: string, sealed: string) => string> {
  const open = await engine.vault.opening(people);
  return (person, sealed) => {
    try {
      const text = open(person, sealed);
      return typeof text === 'string' ? text : '(erased)';
    } catch (error) {
      if (error instanceof SealBrokenError) return '(cannot be read)';
      throw error;
    }
  };
}
