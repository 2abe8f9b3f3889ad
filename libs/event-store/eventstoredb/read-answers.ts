/**
 * What the server answers to a read, taken apart by hand: the client's generated classes cost as much as all else that it
 * does to read an event (docs/benchmarks.md). Only an event in the shape in which the server sends them is taken apart
 * here, into what the client asks of its own classes; anything else is left to those.
 */

/** One message of the server. */
export type Decode = (bytes: Buffer) => unknown;

export const decodeEvents = (byTheClient: Decode): Decode => (bytes) => answerIn(bytes) ?? byTheClient(bytes);

/** A field that comes behind these is one of a later server. */
const FIELD = { event: 1, commit: 3, noPosition: 4 } as const;
const RECORDED = {
  id: 1, streamIdentifier: 2, revision: 3, prepare: 4, commit: 5, metadata: 6, customMetadata: 7, data: 8,
} as const;
const STRING_ID = 2;
const STREAM_NAME = 3;
const [KEY, VALUE] = [1, 2];

/** A field as it begins on the wire, in one byte: its number, and whether a whole number or a length follows. */
const whole = (field: number): number => field << 3;
const lengthy = (field: number): number => (field << 3) | 2;

/** The client makes a big integer of it. */
type Whole = number | bigint;

const nothing = Buffer.alloc(0);

/** `ReadResp.ReadEvent.RecordedEvent` of the server's streams.proto. What does not come is zero or empty. */
class Recorded {
  id = '';
  streamName: Buffer = nothing;
  revision: Whole = 0;
  prepare: Whole = 0;
  commit: Whole = 0;
  readonly metadata = new Map<string, string>();
  customMetadata: Buffer = nothing;
  data: Buffer = nothing;

  hasId(): boolean {
    return true;
  }

  /** Is its own id and stream identifier too: two objects less an event. */
  getId(): this {
    return this;
  }

  hasStructured(): boolean {
    return false;
  }

  getString(): string {
    return this.id;
  }

  hasStreamIdentifier(): boolean {
    return true;
  }

  getStreamIdentifier(): this {
    return this;
  }

  getStreamName(): Buffer {
    return this.streamName;
  }

  getStreamRevision(): Whole {
    return this.revision;
  }

  getPreparePosition(): Whole {
    return this.prepare;
  }

  getCommitPosition(): Whole {
    return this.commit;
  }

  getMetadataMap(): ReadonlyMap<string, string> {
    return this.metadata;
  }

  getCustomMetadata_asU8(): Buffer {
    return this.customMetadata;
  }

  getData(): Buffer {
    return this.data;
  }

  getData_asU8(): Buffer {
    return this.data;
  }
}

/** `ReadResp.ReadEvent`. */
class Resolved {
  constructor(private readonly recorded: Recorded, private readonly commit: Whole | undefined) {}

  hasEvent(): boolean {
    return true;
  }

  getEvent(): Recorded {
    return this.recorded;
  }

  hasLink(): boolean {
    return false;
  }

  hasCommitPosition(): boolean {
    return this.commit !== undefined;
  }

  getCommitPosition(): Whole | undefined {
    return this.commit;
  }
}

/** `ReadResp`; the client asks for nothing else where it has an event. */
class Answer {
  constructor(private readonly resolved: Resolved) {}

  hasEvent(): boolean {
    return true;
  }

  getEvent(): Resolved {
    return this.resolved;
  }
}

/** The event of one message; undefined where it is none in that shape. */
export const recordedIn = (bytes: Buffer): Recorded | undefined => answerIn(bytes)?.getEvent().getEvent();

function answerIn(bytes: Buffer): Answer | undefined {
  const wire = new Wire(bytes);
  if (wire.byte() !== lengthy(FIELD.event) || wire.whole() !== bytes.length - wire.at) return undefined;
  const recorded = wire.byte() === lengthy(FIELD.event) ? eventIn(wire) : undefined;
  if (!recorded) return undefined;
  let commit: Whole | undefined;
  while (wire.at < bytes.length) {
    const field = wire.byte();
    if (field === whole(FIELD.commit)) commit = wire.whole();
    else if (field !== lengthy(FIELD.noPosition) || wire.whole() !== 0) return undefined;
  }
  return wire.at === bytes.length ? new Answer(new Resolved(recorded, commit)) : undefined;
}

function eventIn(wire: Wire): Recorded | undefined {
  const recorded = new Recorded();
  const end = wire.end();
  while (wire.at < end) {
    switch (wire.byte()) {
      case lengthy(RECORDED.id): {
        const idEnd = wire.end();
        if (wire.byte() !== lengthy(STRING_ID)) return undefined;
        recorded.id = wire.text();
        if (wire.at !== idEnd) return undefined;
        break;
      }
      case lengthy(RECORDED.streamIdentifier): {
        const nameEnd = wire.end();
        if (wire.byte() !== lengthy(STREAM_NAME)) return undefined;
        recorded.streamName = wire.bytes();
        if (wire.at !== nameEnd) return undefined;
        break;
      }
      case lengthy(RECORDED.metadata): {
        const entryEnd = wire.end();
        if (wire.byte() !== lengthy(KEY)) return undefined;
        const key = wire.text();
        if (wire.byte() !== lengthy(VALUE)) return undefined;
        recorded.metadata.set(key, wire.text());
        if (wire.at !== entryEnd) return undefined;
        break;
      }
      case whole(RECORDED.revision):
        recorded.revision = wire.whole();
        break;
      case whole(RECORDED.prepare):
        recorded.prepare = wire.whole();
        break;
      case whole(RECORDED.commit):
        recorded.commit = wire.whole();
        break;
      case lengthy(RECORDED.customMetadata):
        recorded.customMetadata = wire.bytes();
        break;
      case lengthy(RECORDED.data):
        recorded.data = wire.bytes();
        break;
      default:
        return undefined;
    }
  }
  return wire.at === end && recorded.id !== '' && recorded.streamName.length > 0 ? recorded : undefined;
}

/** Goes through a message from its first byte to its last. Behind the last it reads zeros: whoever asks looks where it ended. */
class Wire {
  at = 0;

  constructor(private readonly all: Buffer) {}

  byte(): number {
    return this.all[this.at++] ?? 0;
  }

  /** Seven bits a byte, the lowest first. */
  whole(): Whole {
    const from = this.at;
    let [value, place] = [0, 1];
    for (;;) {
      const byte = this.byte();
      value += (byte & 0x7f) * place;
      if (byte < 0x80) return value <= Number.MAX_SAFE_INTEGER ? value : this.large(from);
      place *= 0x80;
    }
  }

  /** Where what has a length ends. */
  end(): number {
    const length = Number(this.whole());
    return this.at + length;
  }

  bytes(): Buffer {
    const end = this.end();
    return this.all.subarray(this.at, (this.at = end));
  }

  text(): string {
    const end = this.end();
    return this.all.toString('utf8', this.at, (this.at = end));
  }

  private large(from: number): bigint {
    let value = 0n;
    for (let i = this.at - 1; i >= from; i--) value = (value << 7n) | BigInt(this.all[i]! & 0x7f);
    return BigInt.asUintN(64, value);
  }
}
