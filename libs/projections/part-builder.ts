/** Folds the subjects of one part of the log after the other and writes their rows: what every building thread does. */
import { setImmediate as breathe } from 'node:timers/promises';
import type { EventReader } from '#event-store';
import type { EventRegistry, RecordedEvent } from '#kernel';
import type { Checkpoint, GenerationBuild } from './generations.js';
import { Marks } from './known-at.js';
import { kindOf, subjectOf, type ModelSet, type SubjectKind } from './model-set.js';
import { foldWhole, keysOf, versionsOf, type Folded } from './versions.js';

const PAGE = 5_000;
/** Subjects whose rows are written together. */
const SUBJECTS_PER_FLUSH = 250;
/** Subjects folded before other work of this thread gets its turn: what the last flush left to write is part of that. */
const SUBJECTS_PER_TURN = 10;

export interface PartSources {
  readonly set: ModelSet;
  readonly reader: EventReader;
  readonly registry: EventRegistry;
  readonly signal?: AbortSignal;
}

export interface PartAsked {
  readonly index: number;
  readonly of: number;
  /** Stop after this event; the head of the log when absent. */
  readonly toOrdinal: number | undefined;
  /** Give up where the part holds more than that and where the log ends was not known. */
  readonly most: number;
}

/** Subjects of one part of the log, each with its decoded events in order. */
interface Part {
  readonly subjects: Map<string, { readonly kind: SubjectKind; readonly events: RecordedEvent[] }>;
  readonly end: Pick<Checkpoint, 'position' | 'ordinal'>;
}

export class PartBuilder {
  readonly marks = new Marks();

  constructor(
    private readonly sources: PartSources,
    private readonly into: GenerationBuild,
  ) {}

  /**
   * Where the part ended; undefined where it was given up, with nothing written.
   *
   * @param onEvents how many events are in the rows, now and then
   */
  async build(asked: PartAsked, onEvents: (events: number) => void): Promise<Part['end'] | undefined> {
    const part = await this.read(asked);
    if (part) await this.write(part, onEvents);
    return part?.end;
  }

  private async read({ index, of, toOrdinal, most }: PartAsked): Promise<Part | undefined> {
    const { set, registry, reader, signal } = this.sources;
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
      if (toOrdinal === undefined && held > most) return undefined;
      await breathe();
    }
  }

  private async write({ subjects }: Part, onEvents: (events: number) => void): Promise<void> {
    const { registry, signal } = this.sources;
    // Sorted, so that indexes by subject grow page by page.
    const ids = [...subjects.keys()].sort();
    for (let i = 0; i < ids.length; i += SUBJECTS_PER_FLUSH) {
      signal?.throwIfAborted();
      let written = 0;
      for (const [place, id] of ids.slice(i, i + SUBJECTS_PER_FLUSH).entries()) {
        const { kind, events } = subjects.get(id)!;
        subjects.delete(id);
        written += events.length;
        this.writeSubject(foldWhole(id, kind, registry, events));
        if (place % SUBJECTS_PER_TURN === SUBJECTS_PER_TURN - 1) await breathe();
      }
      await this.into.flush();
      onEvents(written);
      await breathe();
    }
  }

  private writeSubject(folded: Folded): void {
    for (const stream of folded.subject.streams) this.into.addStream(folded.subject.id, stream);
    for (const model of folded.subject.kind.models) {
      for (const versions of versionsOf(folded, model)) this.into.addVersions(versions);
    }
    for (const { model, failure } of folded.subject.failures) {
      this.into.addQuarantined({
        subject: folded.subject.id, readModel: model.model.name, failure, keys: keysOf(folded, model),
      });
    }
  }
}
