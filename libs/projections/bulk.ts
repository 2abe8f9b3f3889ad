/**
 * Builds a generation from the whole log (ADR 0005): part by part, so memory stays bounded however long the log is;
 * each subject folded once with all versions of its rows; nothing journalled, indexes last.
 */
import { setImmediate as breathe } from 'node:timers/promises';
import { MAX_PARTS, type EventReader } from '#event-store';
import type { EventRegistry, RecordedEvent } from '#kernel';
import { collectGarbage } from './collect-garbage.js';
import { Marks } from './known-at.js';
import { kindOf, subjectOf, type ModelSet, type SubjectKind } from './model-set.js';
import { GenerationDb, type Checkpoint } from './sqlite/generation-db.js';
import { RowWriter } from './sqlite/row-writer.js';
import { foldWhole, keysOf, versionsOf, type Folded } from './versions.js';

export interface Progress {
  readonly events: number;
  /** Absent where the store does not count and the head was not reached yet. */
  readonly total: number | undefined;
  readonly eventsPerSecond: number;
}

export interface BulkOptions {
  readonly path: string;
  readonly set: ModelSet;
  readonly reader: EventReader;
  readonly registry: EventRegistry;
  /** Stop after this event; the head of the log when absent. */
  readonly toOrdinal?: number;
  /** Events held in memory at a time. */
  readonly eventsPerPart?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

export interface Built {
  readonly checkpoint: Checkpoint;
  readonly events: number;
  readonly parts: number;
}

/** Where parts are cheap they are small, so that hardly anything outlives its subject. */
const EVENTS_PER_PART = { cheap: 1_000, dear: 100_000 };
const PAGE = 5_000;
/** Subjects folded before other work of this thread gets its turn. */
const SUBJECTS_PER_TURN = 250;

/** Subjects of one part of the log, each with its decoded events in order. */
interface Part {
  readonly subjects: Map<string, { readonly kind: SubjectKind; readonly events: RecordedEvent[] }>;
  readonly end: Pick<Checkpoint, 'position' | 'ordinal'>;
}

/**
 * The file at `path`, whole and closed, but not yet flushed.
 *
 * @throws UnknownEventError the log holds what this release does not know
 */
export async function buildGeneration(options: BulkOptions): Promise<Built> {
  const perPart = options.eventsPerPart ?? EVENTS_PER_PART[options.reader.partsAreCheap ? 'cheap' : 'dear'];
  const target = options.toOrdinal ?? (await options.reader.head()).ordinal;
  const db = GenerationDb.create(options.path, options.set);
  try {
    return await new BulkBuild(options, db, perPart).run(target);
  } finally {
    db.close();
  }
}

class BulkBuild {
  private readonly marks = new Marks();
  private readonly rows: RowWriter;
  private readonly started = performance.now();
  private events = 0;

  constructor(
    private readonly options: BulkOptions,
    private readonly db: GenerationDb,
    private readonly perPart: number,
  ) {
    this.rows = new RowWriter(db);
  }

  async run(target: number | undefined): Promise<Built> {
    this.db.database.exec('BEGIN');
    let parts = Math.min(MAX_PARTS, Math.max(1, Math.ceil((target ?? 1) / this.perPart)));
    // The first part says where the log ends, and the others end there too.
    let end: Part['end'] | undefined;
    for (let index = 0; index < parts; index++) {
      const part = await this.read(index, parts, end?.ordinal ?? target);
      if (part) {
        end ??= part.end;
        await this.write(part, end.ordinal);
        if (!this.options.reader.partsAreCheap) collectGarbage();
      } else {
        // A store that cannot count says how long its log is by overflowing: start over with smaller parts.
        parts *= 4;
        index = -1;
      }
    }
    const marks = this.marks.settled(undefined);
    const checkpoint = { position: end?.position, ordinal: end?.ordinal ?? 0, knownAt: marks.at(-1)?.knownAt };
    this.db.buildIndexes(this.options.set);
    this.db.saveMarks(marks);
    this.db.saveCheckpoint(checkpoint);
    this.db.database.exec('COMMIT');
    return { checkpoint, events: this.events, parts };
  }

  /** Undefined where the log turned out longer than can be held and its length was not known. */
  private async read(index: number, of: number, toOrdinal: number | undefined): Promise<Part | undefined> {
    const { set, registry, reader, signal } = this.options;
    const subjects: Part['subjects'] = new Map();
    let end: Part['end'] = { position: undefined, ordinal: 0 };
    let held = 0;
    for (;;) {
      signal?.throwIfAborted();
      const page = await reader.readAll({
        limit: PAGE,
        ...(end.position !== undefined && { after: end.position, afterOrdinal: end.ordinal }),
        ...(toOrdinal !== undefined && { toOrdinal }),
        ...(of > 1 && { part: { index, of } }),
      });
      for (const event of page.events) {
        this.marks.add(event);
        const kind = kindOf(set, event);
        const id = subjectOf(event);
        const subject = subjects.get(id);
        if (subject) subject.events.push(registry.decode(event));
        else subjects.set(id, { kind, events: [registry.decode(event)] });
      }
      held += page.events.length;
      const stuck = page.next === undefined || page.next.position === end.position;
      if (page.next) end = page.next;
      if (page.atHead || stuck || (toOrdinal !== undefined && end.ordinal >= toOrdinal)) return { subjects, end };
      if (toOrdinal === undefined && held > 2 * this.perPart) return undefined;
      await breathe();
    }
  }

  private async write({ subjects }: Part, total: number): Promise<void> {
    const { registry, signal } = this.options;
    // Sorted, so that indexes by subject grow page by page.
    const ids = [...subjects.keys()].sort();
    for (let i = 0; i < ids.length; i += SUBJECTS_PER_TURN) {
      signal?.throwIfAborted();
      for (const id of ids.slice(i, i + SUBJECTS_PER_TURN)) {
        const { kind, events } = subjects.get(id)!;
        subjects.delete(id);
        this.events += events.length;
        this.writeSubject(foldWhole(id, kind, registry, events));
      }
      this.options.onProgress?.({
        events: this.events,
        total,
        eventsPerSecond: Math.round(this.events / ((performance.now() - this.started) / 1000)),
      });
      await breathe();
    }
  }

  private writeSubject(folded: Folded): void {
    for (const stream of folded.subject.streams) this.db.addStream(folded.subject.id, stream);
    for (const model of folded.subject.kind.models) {
      for (const versions of versionsOf(folded, model)) this.rows.writeVersions(versions);
    }
    for (const { model, failure } of folded.subject.failures) {
      this.db.quarantine({
        subject: folded.subject.id, readModel: model.model.name, failure, keys: keysOf(folded, model),
      });
    }
  }
}
