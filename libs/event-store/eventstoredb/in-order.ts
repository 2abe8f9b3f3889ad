import { WrongExpectedVersionError } from '@eventstore/db-client';
import { checkAppend } from '../append-rules.js';
import { StoreUnavailableError, WrongRevisionError, type Run } from '../port.js';
import { SessionEndedError } from './errors.js';
import type { Line } from './line.js';
import { toLogEvent } from './record.js';
import type { LogEvent } from './requests.js';
import type { Session } from './session.js';
import { Backoff, sleep } from './timing.js';

interface Outgoing {
  readonly run: Run;
  readonly logEvents: readonly LogEvent[];
}

interface Sent extends Outgoing {
  readonly outcome: Promise<Error | undefined>;
}

/** Appends under way at once; a run is at most 500 KiB. */
const WIDTH = 128;

/**
 * Appends whose order in the log is the order in which they are given, many under way at once. One connection carries
 * them and the server writes what one connection sends in the order in which it came (measured, and proven again by
 * every copy, which reads back what it wrote). So after a failure nothing new is sent until every append has its
 * answer; then all from the first without one go out again, in their order: what had been written is a repeat, at an
 * exact revision under an id of its content, and what had not comes after it.
 */
export class InOrder {
  private session: Session | undefined;
  private readonly waiting: Sent[] = [];
  private broken = false;
  private events = 0;

  constructor(
    private readonly line: Line,
    private readonly onAppended: (events: number) => void,
  ) {}

  /** @throws WrongRevisionError; StoreUnavailableError where patience ended, what was sent may be written */
  async append(runs: AsyncIterable<Run>): Promise<void> {
    try {
      for await (const run of runs) {
        const checked = checkAppend(run.stream, run.expected, run.events, run.json);
        while (this.broken || this.waiting.length >= WIDTH) await this.settleFirst();
        this.send({ run, logEvents: run.events.map((event, i) => toLogEvent(event, checked[i]!)) });
        // The first on a connection opens the stream that carries the others: they could overtake it.
        if (this.session === undefined) await this.settleFirst();
      }
      while (this.waiting.length > 0) await this.settleFirst();
    } finally {
      await Promise.all(this.waiting.map(({ outcome }) => outcome));
    }
  }

  private send(outgoing: Outgoing): void {
    const outcome = this.attempt(outgoing).then(() => undefined, (cause: Error) => {
      this.broken = true;
      return cause;
    });
    this.waiting.push({ ...outgoing, outcome });
  }

  private async settleFirst(): Promise<void> {
    const first = this.waiting[0];
    await first?.outcome;
    if (this.broken) return this.startAgain();
    this.waiting.shift();
    this.onAppended((this.events += first?.run.events.length ?? 0));
  }

  /** Everything from the first that has no good answer, one at a time, until all are there. */
  private async startAgain(): Promise<void> {
    await Promise.all(this.waiting.map(({ outcome }) => outcome));
    const backoff = new Backoff(1_000);
    const deadline = this.line.deadline();
    while (this.waiting.length > 0) {
      this.session = undefined;
      const first = this.waiting[0]!;
      const failed = await this.attempt(first).then(() => undefined, (again: Error) => again);
      if (!failed) {
        this.waiting.shift();
        this.onAppended((this.events += first.run.events.length));
      } else if (!(failed instanceof StoreUnavailableError) || Date.now() > deadline) throw failed;
      else await sleep(backoff.next());
    }
    this.broken = false;
  }

  /** One attempt, on the connection that carries the others. */
  private async attempt({ run: { stream, expected, events }, logEvents }: Outgoing): Promise<void> {
    if (expected === 'any') throw new Error('a run has an exact revision');
    try {
      // The time is over at once: no second attempt of its own, it would come behind its successors.
      await this.line.call(`append ${events.length} to ${stream}`, 0, async (session) => {
        if (this.session && this.session !== session) throw new SessionEndedError('the connection was replaced');
        await session.append({ stream, after: expected === 'none' ? -1 : expected, events: logEvents });
        this.session = session;
      });
    } catch (error) {
      if (!(error instanceof WrongExpectedVersionError)) throw error;
      throw new WrongRevisionError(stream, expected, undefined);
    }
  }
}
