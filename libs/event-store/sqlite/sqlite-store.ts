import { realpathSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { NewEvent } from '#kernel';
import { appendInTurn } from '../append-in-turn.js';
import {
  IdConflictError,
  StoreUnavailableError,
  WrongRevisionError,
  type Appended,
  type EventReader,
  type EventStore,
  type Expected,
  type Run,
  type RunningSum,
} from '../port.js';
import { createOrCheck, lockForWriting } from './format.js';
import { LogReader } from './log-reader.js';
import type { AppendRequest, FromWriter, Outcome, OutcomeTogether, ToWriter } from './protocol.js';
import { SumBeside } from './sum-beside.js';
import { requestOf, togetherIn, type Together } from './together.js';

export interface SqliteOptions {
  /** Path of the log; its directory exists. */
  readonly file: string;
}

/**
 * Opens the log, and makes it where it is new. Appends go to a writer in its own thread, reads are answered on the
 * calling one. With `readOnly` no writer is started, and any number of processes and threads may read along.
 * @throws NewerFormatError, StoreLockedError
 */
export function openSqliteEventStore(options: SqliteOptions & { readonly readOnly: true }): Promise<EventReader>;
export function openSqliteEventStore(options: SqliteOptions): Promise<EventStore>;
export async function openSqliteEventStore(
  options: SqliteOptions & { readonly readOnly?: boolean },
): Promise<EventReader> {
  // One name for the file, whatever way it was written: threads find each other by it.
  const file = join(realpathSync(dirname(options.file)), basename(options.file));
  if (options.readOnly) return new LogReader(file);
  const lock = lockForWriting(file);
  try {
    createOrCheck(file);
    const writer = new Worker(new URL(`./writer-thread${extname(import.meta.url)}`, import.meta.url), {
      workerData: { file },
    });
    await new Promise<void>((resolve, reject) => {
      writer.once('message', () => resolve()).once('error', reject);
    });
    return new SqliteStore(file, writer, lock);
  } catch (cause) {
    lock.release();
    throw cause;
  }
}

interface Waiting {
  /** One, or all that are written together. */
  readonly requests: readonly AppendRequest[];
  readonly resolve: (appended: Appended) => void;
  readonly reject: (cause: Error) => void;
}

/** Of what is written together, one is written while the next is made. */
const UNDER_WAY = 2;

class SqliteStore extends LogReader implements EventStore {
  /** Asked for in this turn of the event loop: they travel together. */
  private collecting: Waiting[] = [];
  /** Sent, in the order of the answers to come. */
  private readonly sent: Waiting[] = [];
  private ended: StoreUnavailableError | undefined;
  private closed: Promise<void> | undefined;

  constructor(
    private readonly file: string,
    private readonly writer: Worker,
    private readonly lock: { release(): void },
  ) {
    super(file);
    writer
      .on('message', (outcomes: Exclude<FromWriter, 'ready'>) => this.settle(outcomes))
      .on('error', (cause) => this.end(new StoreUnavailableError('the writer of the log failed', { cause })))
      .on('exit', () => this.end(new StoreUnavailableError('the store is closed')));
  }

  async append(stream: string, expected: Expected, events: readonly NewEvent[]): Promise<Appended> {
    const requests = [requestOf(stream, expected, events)];
    return new Promise<Appended>((resolve, reject) => {
      if (this.ended) return reject(this.ended);
      if (this.collecting.length === 0) setImmediate(() => this.send());
      this.collecting.push({ requests, resolve, reject });
    });
  }

  appendInOrder(runs: AsyncIterable<Run>, onAppended: (events: number) => void): Promise<void> {
    return appendInTurn((together) => this.appendTogether(together), togetherIn(runs), onAppended, UNDER_WAY);
  }

  sumBeside(): RunningSum {
    return new SumBeside(this.file);
  }

  private async appendTogether({ requests, events }: Together): Promise<number> {
    await new Promise<Appended>((resolve, reject) => {
      if (this.ended) return reject(this.ended);
      // Answers come in the order of what was sent.
      this.send();
      this.sent.push({ requests, resolve, reject });
      this.post({ together: requests });
    });
    return events;
  }

  /** Appends under way are answered first. */
  override close(): Promise<void> {
    this.closed ??= this.closeOnce();
    return this.closed;
  }

  private async closeOnce(): Promise<void> {
    await super.close();
    if (!this.ended) {
      const exited = new Promise<void>((resolve) => this.writer.once('exit', () => resolve()));
      setImmediate(() => this.post('close'));
      await exited;
    }
    this.lock.release();
  }

  private send(): void {
    const waiting = this.collecting;
    this.collecting = [];
    if (this.ended) return waiting.forEach(({ reject }) => reject(this.ended!));
    if (waiting.length === 0) return;
    for (const each of waiting) this.sent.push(each);
    this.post(waiting.flatMap(({ requests }) => requests));
  }

  private post(message: ToWriter): void {
    this.writer.postMessage(message);
  }

  private settle(outcomes: Exclude<FromWriter, 'ready'>): void {
    const answered = this.sent.splice(0, outcomes.length);
    for (const [i, waiting] of answered.entries()) settleOne(waiting, outcomes[i]!);
  }

  private end(cause: StoreUnavailableError): void {
    this.ended ??= cause;
    for (const { reject } of [...this.sent.splice(0), ...this.collecting.splice(0)]) reject(this.ended);
  }
}

function settleOne({ requests, resolve, reject }: Waiting, outcome: Outcome | OutcomeTogether): void {
  const { stream, expected } = requests['at' in outcome ? outcome.at : 0]!;
  if ('appended' in outcome) resolve(outcome.appended);
  else if ('wrongRevision' in outcome) reject(new WrongRevisionError(stream, expected, outcome.wrongRevision));
  else if ('idConflict' in outcome) reject(new IdConflictError(stream, outcome.idConflict));
  else reject(new StoreUnavailableError(`nothing was written: ${outcome.failed}`));
}
