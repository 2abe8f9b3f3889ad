/**
 * Keeps one generation up to date: each batch becomes one transaction that holds the difference of rows and the
 * checkpoint (DESIGN 3). Not safe for calls at the same time; its runner calls in turn.
 */
import type { EventReader } from '#event-store';
import { UnknownEventError, type EventRegistry, type RecordedEvent } from '#kernel';
import { LRUCache } from 'lru-cache';
import type { Checkpoint, Generation, Quarantined, Writes } from './generations.js';
import { historyOf, subjectsWithOrdinals } from './history-of.js';
import { Marks } from './known-at.js';
import { kindOf, subjectOf, type ModelSet, type TableLayout } from './model-set.js';
import type { Change, Tuple } from './rows.js';
import { Subject } from './subject.js';
import { foldWhole, keysOf, versionsOf, type Folded, type Versions } from './versions.js';

/** The log is not what the checkpoint says was read; the next attempt starts from the checkpoint again. */
export class LogGapError extends Error {
  constructor(expected: number, got: number) {
    super(`event ${expected} should come next and the log gave event ${got}`);
  }
}

export interface Applied {
  readonly events: number;
  readonly tables: readonly string[];
  readonly subjects: readonly string[];
  /** Newly quarantined by this batch. */
  readonly quarantined: readonly Quarantined[];
  /** Set where the log holds what this release does not know: everything before it is applied. */
  readonly unknown?: UnknownEventError;
}

export interface LiveOptions {
  readonly generation: Generation;
  readonly set: ModelSet;
  readonly reader: EventReader;
  readonly registry: EventRegistry;
  /** Events of subjects kept in memory; a subject not there is folded from the log again. */
  readonly cachedEvents?: number;
}

const CACHED_EVENTS = 50_000;
const LOADS_AT_ONCE = 16;

export class LiveGeneration {
  private readonly subjects: LRUCache<string, Subject>;

  private constructor(
    private readonly options: LiveOptions,
    private at: Checkpoint,
  ) {
    this.subjects = new LRUCache({
      maxSize: options.cachedEvents ?? CACHED_EVENTS,
      sizeCalculation: (subject) => subject.recorded.length + 1,
    });
  }

  static async open(options: LiveOptions): Promise<LiveGeneration> {
    return new LiveGeneration(options, await options.generation.checkpoint());
  }

  get checkpoint(): Checkpoint {
    return this.at;
  }

  /** Looks where the generation stands: after an error what was asked for may have been written, or another wrote. */
  async resume(): Promise<void> {
    const at = await this.options.generation.checkpoint();
    if (at.ordinal !== this.at.ordinal) this.subjects.clear();
    this.at = at;
  }

  /**
   * Events up to the checkpoint are left out, so a redelivered batch does nothing.
   *
   * @throws LogGapError an ordinal was left out
   * @throws CheckpointMovedError another projector has written: `resume` first
   */
  async apply(batch: readonly RecordedEvent[]): Promise<Applied> {
    const { events, unknown } = this.decode(batch);
    const last = events.at(-1);
    if (!last) return { events: 0, tables: [], subjects: [], quarantined: [], ...(unknown && { unknown }) };
    const bySubject = Map.groupBy(events, subjectOf);
    const touched = await this.load(bySubject);
    try {
      const { writes, quarantined } = this.advance(touched, bySubject, events, last);
      await this.options.generation.commit(this.at, writes);
      this.at = writes.checkpoint;
      for (const subject of touched.values()) this.subjects.set(subject.id, subject);
      const tables = [...new Set(writes.changes.map(({ table }) => table.name))];
      return { events: events.length, subjects: [...bySubject.keys()], tables, quarantined, ...(unknown && { unknown }) };
    } catch (error) {
      // They ran ahead of what is stored.
      for (const id of touched.keys()) this.subjects.delete(id);
      throw error;
    }
  }

  private decode(batch: readonly RecordedEvent[]): { events: RecordedEvent[]; unknown?: UnknownEventError } {
    const events: RecordedEvent[] = [];
    for (const event of batch) {
      if (event.ordinal <= this.at.ordinal + events.length) continue;
      const expected = this.at.ordinal + events.length + 1;
      if (event.ordinal !== expected) throw new LogGapError(expected, event.ordinal);
      try {
        events.push(this.options.registry.decode(event));
      } catch (error) {
        if (error instanceof UnknownEventError) return { events, unknown: error };
        throw error;
      }
    }
    return { events };
  }

  private async load(bySubject: ReadonlyMap<string, readonly RecordedEvent[]>): Promise<Map<string, Subject>> {
    const loaded = new Map<string, Subject>();
    const entries = [...bySubject];
    for (let i = 0; i < entries.length; i += LOADS_AT_ONCE) {
      await Promise.all(
        entries.slice(i, i + LOADS_AT_ONCE).map(async ([id, [first]]) => {
          loaded.set(id, this.subjects.get(id) ?? (await this.loadSubject(id, first!)));
        }),
      );
    }
    return new Map(entries.map(([id]) => [id, loaded.get(id)!]));
  }

  private async loadSubject(id: string, first: RecordedEvent): Promise<Subject> {
    const { set, registry } = this.options;
    const subject = new Subject(id, kindOf(set, first), registry);
    subject.advance(await historyOf(id, this.at, this.options), false);
    return subject;
  }

  private advance(
    touched: ReadonlyMap<string, Subject>,
    bySubject: ReadonlyMap<string, readonly RecordedEvent[]>,
    events: readonly RecordedEvent[],
    last: RecordedEvent,
  ): { writes: Writes & Required<Pick<Writes, 'changes' | 'checkpoint'>>; quarantined: readonly Quarantined[] } {
    const streams: { subject: string; stream: string }[] = [];
    const changes: Change[] = [];
    const quarantined: Quarantined[] = [];
    const released: Pick<Quarantined, 'subject' | 'readModel'>[] = [];
    for (const [id, subject] of touched) {
      const before = subject.failures;
      const added = bySubject.get(id)!;
      for (const { stream } of added) if (!subject.streams.has(stream)) streams.push({ subject: id, stream });
      changes.push(...subject.advance(added));
      if (before.length === 0 && subject.failures.length === 0) continue;
      const failing = new Set(subject.failures.map(({ model }) => model));
      for (const { model } of before) if (!failing.has(model)) released.push({ subject: id, readModel: model.model.name });
      quarantined.push(...this.quarantine(subject, before));
    }
    const marks = new Marks();
    for (const event of events) marks.add(event);
    const settled = marks.settled(this.at.knownAt);
    const checkpoint = { position: last.position, ordinal: last.ordinal, knownAt: settled.at(-1)!.knownAt };
    return { writes: { streams, released, quarantined, changes, marks: settled, checkpoint }, quarantined };
  }

  /** What is newly in quarantine. */
  private quarantine(subject: Subject, before: Subject['failures']): readonly Quarantined[] {
    const already = new Set(before.map(({ failure }) => failure));
    const fresh = subject.failures.filter(({ failure }) => !already.has(failure));
    if (fresh.length === 0) return [];
    const folded = foldWhole(subject.id, subject.kind, this.options.registry, subject.recorded);
    return fresh.map(({ model, failure }) => (
      { subject: subject.id, readModel: model.model.name, failure, keys: keysOf(folded, model) }
    ));
  }

  /**
   * Replays the subjects in quarantine, and nothing else, with the code as it is now.
   *
   * @returns how many of (subject, read model) came out
   */
  async retryQuarantined(): Promise<number> {
    const { generation, set, registry } = this.options;
    const entries = Map.groupBy(await generation.quarantined(), ({ subject }) => subject);
    const histories = await subjectsWithOrdinals([...entries.keys()], this.at, this.options);
    let count = 0;
    for (const [id, quarantined] of entries) {
      const events = histories.get(id)!;
      const writes = replayed(foldWhole(id, kindOf(set, events[0]!), registry, events), quarantined);
      await generation.commit(this.at, writes);
      count += writes.released.length;
      this.subjects.delete(id);
    }
    return count;
  }
}

/** Every row of a subject anew, in the read models in which it is in quarantine. */
function replayed({ subject, changes }: Folded, quarantined: readonly Quarantined[]) {
  const erased: { table: TableLayout; keys: readonly Tuple[] }[] = [];
  const versions: Versions[] = [];
  const released: Quarantined[] = [];
  const still: Quarantined[] = [];
  for (const entry of quarantined) {
    const layout = subject.kind.models.find(({ model }) => model.name === entry.readModel);
    if (!layout) continue;
    for (const table of layout.tables) erased.push({ table, keys: entry.keys[table.name] ?? [] });
    versions.push(...versionsOf({ subject, changes }, layout));
    const failure = subject.failures.find(({ model }) => model === layout)?.failure;
    if (failure) still.push({ ...entry, failure, keys: keysOf({ subject, changes }, layout) });
    else released.push(entry);
  }
  return { erased, versions, released, quarantined: still };
}
