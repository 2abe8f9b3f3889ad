import { StreamDeletedError, WrongExpectedVersionError } from '@eventstore/db-client';
import type { NewEvent, RecordedEvent } from '#kernel';
import { judgeAppend } from '../append-rules.js';
import type { EventJson } from '../event-json.js';
import { InvalidAppendError, StoreUnavailableError, type Appended, type Expected, type Run } from '../port.js';
import { describeError, verdictOn } from './errors.js';
import { InOrder } from './in-order.js';
import { KnownStreams, type KnownStream } from './known-streams.js';
import type { Line } from './line.js';
import { formatPosition, revisionNumber } from './position.js';
import type { LogReader } from './reader.js';
import { toLogEvent } from './record.js';
import type { LogEvent } from './requests.js';
import { sleep } from './timing.js';
import { Slots, Turns } from './turns.js';

/** Appends in flight at once: with more the server gets no faster, and each may hold 1,000 KiB. */
const IN_FLIGHT = 64;

interface Append {
  readonly stream: string;
  readonly expected: Expected;
  readonly events: readonly NewEvent[];
  readonly logEvents: readonly LogEvent[];
  readonly deadline: number;
}

/**
 * Every append goes to the server at an exact revision, under ids that hold the content (`logId`): what the server
 * takes for a repeat is one, and what was not there when we judged cannot slip in between. `any` is our own loop.
 */
export class Appender {
  private readonly known = new KnownStreams();
  private readonly turns = new Turns();
  private readonly slots = new Slots(IN_FLIGHT);

  constructor(
    private readonly line: Line,
    private readonly reader: LogReader,
  ) {}

  /** As the port says, of events that `checkAppend` has passed and as it gave them. */
  append(
    stream: string, expected: Expected, events: readonly NewEvent[], checked: readonly EventJson[],
  ): Promise<Appended> {
    const logEvents = events.map((event, i) => toLogEvent(event, checked[i]!));
    const append = { stream, expected, events, logEvents, deadline: this.line.deadline() };
    return this.turns.next(stream, () => this.decide(append));
  }

  /** As the port says. */
  appendInOrder(runs: AsyncIterable<Run>, onAppended: (events: number) => void): Promise<void> {
    return new InOrder(this.line, onAppended).append(runs);
  }

  /** The last revision this process knows of; undefined where it knows nothing. */
  headOf(stream: string): number | undefined {
    return this.known.get(stream)?.head;
  }

  /** Events of a stream that someone has read from `from` on: they save a read at the next append. */
  learn(stream: string, from: number, events: readonly RecordedEvent[]): void {
    this.known.learn(stream, from, events);
  }

  private async decide(append: Append): Promise<Appended> {
    const { stream, expected, events, deadline } = append;
    if (Date.now() > deadline) throw new StoreUnavailableError(`append to ${stream}: not tried, others were waiting`);
    let doubt = false;
    let known = this.known.get(stream);
    if (!known || !isAt(known, expected) || holdsAny(known, events)) known = await this.catchUp(stream);
    for (;;) {
      const stored = await this.stored(stream, known, events);
      const repeated = judgeAppend(stream, expected, events, known.head, stored);
      // Found after an attempt of this very call that went unanswered: then it is no repeat, it is this append.
      if (repeated) return { ...repeated, repeated: !doubt };
      const base: number = known.head;
      const appended = await this.send(append, base, () => (doubt = true));
      if (appended?.revision === base + events.length) {
        this.known.learn(stream, base + 1, events.map(({ eventId }, i) => ({ eventId, revision: base + 1 + i })));
        return appended;
      }
      if (Date.now() > deadline) {
        throw new StoreUnavailableError(`append to ${stream}: the stream keeps changing`);
      }
      // Somebody else has appended since. Where nothing new is there, what is known is in doubt as well.
      known = await this.catchUp(stream);
      if (known.head > base) continue;
      await sleep(5);
      this.known.forget(stream);
      known = await this.catchUp(stream);
    }
  }

  /** Undefined where the stream is not at `base`. */
  private async send(
    { stream, events, logEvents, deadline }: Append, base: number, onDoubt: () => void,
  ): Promise<Appended | undefined> {
    const what = `append ${events.length} to ${stream}`;
    try {
      const answer = await this.slots.use(() => {
        if (Date.now() > deadline) throw new StoreUnavailableError(`${what}: not tried, others were waiting`);
        return this.line.call(what, deadline, (session) => session.append({ stream, after: base, events: logEvents }), onDoubt);
      });
      const revision = revisionNumber(answer.revision);
      if (answer.position) return { revision, position: formatPosition(answer.position), repeated: false };
      const [last] = await this.reader.readStream(stream, { from: revision, limit: 1 });
      return last && { revision, position: last.position, repeated: false };
    } catch (error) {
      if (error instanceof WrongExpectedVersionError) return undefined;
      if (verdictOn(error) !== 'answer') throw error;
      const why = error instanceof StreamDeletedError ? 'the stream has been deleted for ever' : describeError(error);
      throw new InvalidAppendError(`${what}: ${why}`, { cause: error });
    }
  }

  private async catchUp(stream: string): Promise<KnownStream> {
    for (;;) {
      const from = (this.known.get(stream)?.head ?? -1) + 1;
      const known = this.known.learn(stream, from, await this.reader.readStream(stream, { from }));
      if (known) return known;
    }
  }

  /** Those of `events` whose ids the stream has, as they were stored. */
  private async stored(
    stream: string, known: KnownStream, events: readonly NewEvent[],
  ): Promise<Map<string, RecordedEvent>> {
    const ids = new Set(events.map((event) => event.eventId));
    const revisions = [...ids].flatMap((id) => known.revisions.get(id) ?? []);
    if (revisions.length === 0) return new Map();
    const from = Math.min(...revisions);
    const read = await this.reader.readStream(stream, { from, limit: Math.max(...revisions) - from + 1 });
    return new Map(read.filter((event) => ids.has(event.eventId)).map((event) => [event.eventId, event]));
  }
}

const isAt = (known: KnownStream, expected: Expected): boolean =>
  expected === 'any' || known.head === (expected === 'none' ? -1 : expected);

const holdsAny = (known: KnownStream, events: readonly NewEvent[]): boolean =>
  events.some((event) => known.revisions.has(event.eventId));
