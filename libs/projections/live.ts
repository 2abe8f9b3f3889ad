/**
 * Keeps one generation up to date: each batch becomes one transaction that holds the difference of rows and the
 * checkpoint (DESIGN 3). Not safe for calls at the same time; its runner calls in turn.
 */
import type { EventReader } from '#event-store';
import { UnknownEventError, type EventRegistry, type RecordedEvent } from '#kernel';
import { LRUCache } from 'lru-cache';
import { historyOf, subjectsWithOrdinals } from './history-of.js';
import { Marks } from './known-at.js';
import { kindOf, subjectOf, type ModelSet } from './model-set.js';
import type { Change } from './rows.js';
import type { Checkpoint, GenerationDb, Quarantined } from './sqlite/generation-db.js';
import { RowWriter } from './sqlite/row-writer.js';
import { Subject } from './subject.js';
import { foldWhole, keysOf, versionsOf } from './versions.js';

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
  readonly db: GenerationDb;
  readonly set: ModelSet;
  readonly reader: EventReader;
  readonly registry: EventRegistry;
  /** Events of subjects kept in memory; a subject not there is folded from the log again. */
  readonly cachedEvents?: number;
}

const CACHED_EVENTS = 50_000;
const LOADS_AT_ONCE = 16;

export class LiveGeneration {
  private readonly rows: RowWriter;
  private readonly subjects: LRUCache<string, Subject>;
  private at: Checkpoint;

  constructor(private readonly options: LiveOptions) {
    this.rows = new RowWriter(options.db);
    this.at = options.db.checkpoint();
    this.subjects = new LRUCache({
      maxSize: options.cachedEvents ?? CACHED_EVENTS,
      sizeCalculation: (subject) => subject.recorded.length + 1,
    });
  }

  get checkpoint(): Checkpoint {
    return this.at;
  }

  /**
   * Events up to the checkpoint are left out, so a redelivered batch does nothing.
   *
   * @throws LogGapError an ordinal was left out
   */
  async apply(batch: readonly RecordedEvent[]): Promise<Applied> {
    const { events, unknown } = this.decode(batch);
    const last = events.at(-1);
    if (!last) return { events: 0, tables: [], subjects: [], quarantined: [], ...(unknown && { unknown }) };
    const bySubject = Map.groupBy(events, subjectOf);
    const touched = await this.load(bySubject);
    try {
      const written = this.options.db.transaction(() => this.write(touched, bySubject, events, last));
      for (const subject of touched.values()) this.subjects.set(subject.id, subject);
      return { events: events.length, subjects: [...bySubject.keys()], ...written, ...(unknown && { unknown }) };
    } catch (error) {
      // They ran ahead of what is stored.
      for (const id of touched.keys()) this.subjects.delete(id);
      this.at = this.options.db.checkpoint();
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

  private write(
    touched: ReadonlyMap<string, Subject>,
    bySubject: ReadonlyMap<string, readonly RecordedEvent[]>,
    events: readonly RecordedEvent[],
    last: RecordedEvent,
  ): Pick<Applied, 'tables' | 'quarantined'> {
    const { db } = this.options;
    const changes: Change[] = [];
    const quarantined: Quarantined[] = [];
    for (const [id, subject] of touched) {
      const before = subject.failures;
      const added = bySubject.get(id)!;
      for (const { stream } of added) if (!subject.streams.has(stream)) db.addStream(id, stream);
      changes.push(...subject.advance(added));
      if (before.length > 0 || subject.failures.length > 0) quarantined.push(...this.quarantine(subject, before));
    }
    this.rows.write(changes);
    const marks = new Marks();
    for (const event of events) marks.add(event);
    const settled = marks.settled(this.at.knownAt);
    db.saveMarks(settled);
    const checkpoint = { position: last.position, ordinal: last.ordinal, knownAt: settled.at(-1)!.knownAt };
    db.saveCheckpoint(checkpoint);
    this.at = checkpoint;
    return { tables: [...new Set(changes.map(({ table }) => table.name))], quarantined };
  }

  private quarantine(subject: Subject, before: Subject['failures']): readonly Quarantined[] {
    const { db, registry } = this.options;
    const failing = new Set(subject.failures.map(({ model }) => model));
    for (const { model } of before) if (!failing.has(model)) db.release(subject.id, model.model.name);
    const already = new Set(before.map(({ failure }) => failure));
    const fresh = subject.failures.filter(({ failure }) => !already.has(failure));
    if (fresh.length === 0) return [];
    const folded = foldWhole(subject.id, subject.kind, registry, subject.recorded);
    return fresh.map(({ model, failure }) => {
      const entry = { subject: subject.id, readModel: model.model.name, failure, keys: keysOf(folded, model) };
      db.quarantine(entry);
      return entry;
    });
  }

  /**
   * Replays the subjects in quarantine, and nothing else, with the code as it is now.
   *
   * @returns how many of (subject, read model) came out
   */
  async retryQuarantined(): Promise<number> {
    const { db, set, registry } = this.options;
    const entries = Map.groupBy(db.quarantined(), ({ subject }) => subject);
    const histories = await subjectsWithOrdinals([...entries.keys()], this.at, this.options);
    let released = 0;
    for (const [id, quarantined] of entries) {
      const events = histories.get(id)!;
      const folded = foldWhole(id, kindOf(set, events[0]!), registry, events);
      released += db.transaction(() => this.replay(folded, quarantined));
      this.subjects.delete(id);
    }
    return released;
  }

  private replay(folded: ReturnType<typeof foldWhole>, quarantined: readonly Quarantined[]): number {
    const { db } = this.options;
    let released = 0;
    for (const { subject, readModel, keys } of quarantined) {
      const layout = folded.subject.kind.models.find(({ model }) => model.name === readModel);
      if (!layout) continue;
      for (const table of layout.tables) this.rows.erase(table, keys[table.name] ?? []);
      for (const versions of versionsOf(folded, layout)) this.rows.writeVersions(versions);
      const failure = folded.subject.failures.find(({ model }) => model === layout)?.failure;
      if (failure) db.quarantine({ subject, readModel, failure, keys: keysOf(folded, layout) });
      else {
        db.release(subject, readModel);
        released++;
      }
    }
    return released;
  }
}
