import { canonicalJson, type NewEvent, type RecordedEvent } from '#kernel';

/**
 * The stored form of an event: canonical JSON of envelope, data, stream and revision, never of its position, so that
 * the ledger hashes what lies on disk (DESIGN 7). The revision may be known to the writer alone, hence two halves:
 * `head + revision + tail`.
 */
export interface EventJson {
  readonly eventId: string;
  readonly head: string;
  readonly tail: string;
}

type BeforeRevision =
  | 'actor' | 'causationId' | 'commandHash' | 'commandId' | 'correlationId' | 'data' | 'eventId'
  | 'occurredAt' | 'person' | 'pilot' | 'precision' | 'purpose' | 'recordedAt';
type AfterRevision = 'schemaVersion' | 'source' | 'synthetic' | 'type';

const DATA = ',"data":';
const EVENT_ID = ',"eventId":';
const REVISION = ',"revision":';

/** A field added to the envelope and forgotten here would be lost without a sound: then this does not compile. */
type Forgotten = Exclude<keyof NewEvent, BeforeRevision | AfterRevision>;

/** @throws TypeError where the event holds what JSON cannot */
export function eventJson(stream: string, event: NewEvent & Record<Forgotten, never>): EventJson {
  const { eventId, schemaVersion, source, synthetic, type } = event;
  // In the order of their names: what is in order already is written at once.
  const before: Record<BeforeRevision, unknown> = {
    actor: event.actor, causationId: event.causationId, commandHash: event.commandHash, commandId: event.commandId,
    correlationId: event.correlationId, data: event.data, eventId, occurredAt: event.occurredAt, person: event.person,
    pilot: event.pilot, precision: event.precision, purpose: event.purpose, recordedAt: event.recordedAt,
  };
  const after: Record<AfterRevision | 'stream', unknown> = { schemaVersion, source, stream, synthetic, type };
  return { eventId, head: canonicalJson(before).slice(0, -1) + REVISION, tail: `,${canonicalJson(after).slice(1)}` };
}

/** But for the revision. */
export const bytesOf = ({ head, tail }: Pick<EventJson, 'head' | 'tail'>): number => Buffer.byteLength(head) + Buffer.byteLength(tail);

export const storedJson = (json: Pick<EventJson, 'head' | 'tail'>, revision: number): string => json.head + revision + json.tail;

/** The event at `ordinal` of a store whose positions are its ordinals. */
export function parseStored(json: string, ordinal: number): RecordedEvent {
  const event = JSON.parse(json) as Omit<RecordedEvent, 'position' | 'ordinal'>;
  return Object.assign(event, { position: String(ordinal), ordinal });
}

/**
 * What an event says, wherever it lies, out of its stored form. `recordedAt` is left out: the node that appends writes
 * it, so a command repeated after a lost answer carries another (DESIGN 4).
 */
export function contentOf({ head, tail }: EventJson): string {
  // A quote inside a value is escaped, so each of these is the envelope's own.
  const [stream, synthetic] = [tail.lastIndexOf(',"stream":'), tail.lastIndexOf(',"synthetic":')];
  const before = head.slice(0, head.lastIndexOf('"recordedAt":'));
  return `${before}"recordedAt":"","revision":${tail.slice(0, stream)},"stream":""${tail.slice(synthetic)}`;
}

/**
 * Where in `head` the data lie. A quote inside a text is escaped, so before the data `,"data":` is the envelope's own key, and
 * behind them so is `,"eventId":`.
 */
const dataIn = (head: string): readonly [from: number, to: number] => [head.indexOf(DATA) + DATA.length, head.lastIndexOf(EVENT_ID)];

/** The data alone. @throws TypeError there are none */
export function dataOf({ head }: EventJson): string {
  const [from, to] = dataIn(head);
  if (from < DATA.length) throw new TypeError('the event has no data');
  return head.slice(from, to);
}

/** Everything but the data, the type and where it lies. */
export function envelopeOf({ head, tail }: EventJson): string {
  const [from, to] = dataIn(head);
  const before = head.slice(0, from - DATA.length) + head.slice(to, -REVISION.length);
  const [stream, synthetic, type] = [',"stream":', ',"synthetic":', ',"type":'].map((name) => tail.lastIndexOf(name));
  return `${before}${tail.slice(0, stream)}${tail.slice(synthetic, type)}}`;
}

/** Whether two events say the same. */
export const sameContent = (a: NewEvent, b: NewEvent): boolean => contentOf(eventJson('', a)) === contentOf(eventJson('', b));
