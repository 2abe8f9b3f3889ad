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
  /** Where in `head` the data lie. */
  readonly data: readonly [from: number, to: number];
}

type BeforeData = 'actor' | 'causationId' | 'commandHash' | 'commandId' | 'correlationId';
type AfterData = 'eventId' | 'occurredAt' | 'person' | 'pilot' | 'precision' | 'purpose' | 'recordedAt';
type AfterRevision = 'schemaVersion' | 'source' | 'synthetic' | 'type';

const DATA = '"data":';
const REVISION = '"revision":';

/** A field added to the envelope and forgotten here would be lost without a sound: then this does not compile. */
type Forgotten = Exclude<keyof NewEvent, BeforeData | 'data' | AfterData | AfterRevision>;

/** @throws TypeError where the event holds what JSON cannot */
export function eventJson(stream: string, event: NewEvent & Record<Forgotten, never>): EventJson {
  const { actor, causationId, commandHash, commandId, correlationId } = event;
  const { eventId, occurredAt, person, pilot, precision, purpose, recordedAt } = event;
  const { data, schemaVersion, source, synthetic, type } = event;
  // In the order of their names: what is in order already is written at once.
  const before: Record<BeforeData, unknown> = { actor, causationId, commandHash, commandId, correlationId };
  const between: Record<AfterData, unknown> = { eventId, occurredAt, person, pilot, precision, purpose, recordedAt };
  const after: Record<AfterRevision | 'stream', unknown> = { schemaVersion, source, stream, synthetic, type };
  let head = `{${inside(before)},`;
  let place: EventJson['data'] = [0, 0];
  if (data !== undefined) {
    const from = head.length + DATA.length;
    head += DATA + canonicalJson(data);
    place = [from, head.length];
    head += ',';
  }
  return { eventId, head: `${head}${inside(between)},${REVISION}`, tail: `,${inside(after)}}`, data: place };
}

/** Its members without the braces. */
const inside = (part: object): string => canonicalJson(part).slice(1, -1);

type Halves = Pick<EventJson, 'head' | 'tail'>;

/** But for the revision. */
export const bytesOf = ({ head, tail }: Halves): number => Buffer.byteLength(head) + Buffer.byteLength(tail);

export const storedJson = (json: Halves, revision: number): string => json.head + revision + json.tail;

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

/** The data alone. @throws TypeError there are none */
export function dataOf({ head, data: [from, to] }: EventJson): string {
  if (to === 0) throw new TypeError('the event has no data');
  return head.slice(from, to);
}

/** Everything but the data, the type and where it lies. */
export function envelopeOf({ head, tail, data: [from, to] }: EventJson): string {
  const before = head.slice(0, from - DATA.length) + head.slice(to + 1, -REVISION.length);
  const [stream, synthetic, type] = [',"stream":', ',"synthetic":', ',"type":'].map((name) => tail.lastIndexOf(name));
  return `${before}${tail.slice(1, stream)}${tail.slice(synthetic, type)}}`;
}

/** Whether two events say the same. */
export const sameContent = (a: NewEvent, b: NewEvent): boolean => contentOf(eventJson('', a)) === contentOf(eventJson('', b));
