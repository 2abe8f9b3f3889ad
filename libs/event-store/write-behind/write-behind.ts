/**
 * For long runs that repeat safely (import, simulation): appends are sent on at once and answered before they are
 * durable, so the run goes at the speed of the disk instead of waiting for it each time. `flush` is the moment of
 * truth. The order of the log is the order of the calls, so a run that was killed has written a beginning of what the
 * same run, repeated, writes.
 *
 * This deliberately gives less than the port promises: never hand it to anything that answers a person.
 */
import type { NewEvent, RecordedEvent } from '#kernel';
import {
  WrongRevisionError,
  type Appended, type EventStore, type Expected, type Head, type Page, type Position, type ReadAllOptions,
  type ReadStreamOptions, type SubscribeOptions,
} from '../port.js';

export interface WriteBehindOptions {
  /** Appends on their way at a time. 1 where the store does not keep the order of calls (a cluster). */
  readonly inFlight: number;
}

interface Unwritten {
  readonly events: RecordedEvent[];
  appends: number;
}

export class WriteBehind implements EventStore {
  private readonly heads = new Map<string, number>();
  private readonly unwritten = new Map<string, Unwritten>();
  private readonly waiting: (() => void)[] = [];
  private flying = 0;
  private failure: unknown;

  constructor(
    private readonly inner: EventStore,
    private readonly options: WriteBehindOptions,
  ) {}

  /** As the port's, with events not yet durable included. */
  async readStream(stream: string, options: ReadStreamOptions = {}): Promise<readonly RecordedEvent[]> {
    const from = options.from ?? 0;
    const known = this.heads.get(stream);
    if (known !== undefined && from > known) return [];
    const pending = this.unwritten.get(stream)?.events ?? [];
    const written = pending.length > 0 && from >= pending[0]!.revision ? [] : await this.inner.readStream(stream, options);
    const last = written.at(-1)?.revision ?? from - 1;
    if (options.limit === undefined && pending.length === 0) this.heads.set(stream, Math.max(last, known ?? -1));
    const all = [...written, ...pending.filter(({ revision }) => revision > last && revision >= from)];
    return options.limit === undefined ? all : all.slice(0, options.limit);
  }

  /** @throws WrongRevisionError, or what an earlier append failed with */
  async append(stream: string, expected: Expected, events: readonly NewEvent[]): Promise<Appended> {
    if (!this.heads.has(stream)) await this.readStream(stream);
    await this.turn();
    const head = this.heads.get(stream) ?? -1;
    const wanted = expected === 'none' ? -1 : expected === 'any' ? head : expected;
    if (wanted !== head) throw new WrongRevisionError(stream, expected, head);
    const revision = head + events.length;
    const pending = this.unwritten.get(stream) ?? { events: [], appends: 0 };
    this.unwritten.set(stream, pending);
    pending.appends++;
    pending.events.push(...events.map((event, i) => ({ ...event, stream, revision: head + 1 + i, position: '', ordinal: 0 })));
    this.heads.set(stream, revision);
    this.flying++;
    void this.send(stream, head === -1 ? 'none' : head, events, pending);
    return { revision, position: '', repeated: false };
  }

  /** Resolves when everything is durable. @throws what an append failed with */
  async flush(): Promise<void> {
    while (this.flying > 0 && !this.failure) await new Promise<void>((resolve) => this.waiting.push(resolve));
    if (this.failure) throw this.failure;
  }

  readAll(options: ReadAllOptions): Promise<Page> {
    return this.inner.readAll(options);
  }

  subscribe(options: SubscribeOptions): AsyncIterable<readonly RecordedEvent[]> {
    return this.inner.subscribe(options);
  }

  head(): Promise<Head> {
    return this.inner.head();
  }

  comparePositions(a: Position, b: Position): number {
    return this.inner.comparePositions(a, b);
  }

  /** Flushes; the store underneath stays open. */
  close(): Promise<void> {
    return this.flush();
  }

  private async send(stream: string, expected: Expected, events: readonly NewEvent[], pending: Unwritten): Promise<void> {
    try {
      await this.inner.append(stream, expected, events);
      if (--pending.appends === 0) this.unwritten.delete(stream);
    } catch (error) {
      this.failure ??= error;
    } finally {
      this.flying--;
      this.waiting.splice(0).forEach((wake) => wake());
    }
  }

  private async turn(): Promise<void> {
    while (this.flying >= this.options.inFlight && !this.failure) {
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
    if (this.failure) throw this.failure;
  }
}
