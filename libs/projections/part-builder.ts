/** Folds the subjects of one part of the log after the other and writes their rows: what every building thread does. */
import { setImmediate as breathe } from 'node:timers/promises';
import type { EventRegistry, RecordedEvent } from '#kernel';
import type { RowsBuild } from './generations.js';
import { Marks } from './known-at.js';
import type { LogParts } from './log-parts.js';
import { kindOf, subjectOf, type ModelSet, type SubjectKind } from './model-set.js';
import { foldWhole, keysOf, versionsOf, type Folded } from './versions.js';

/** Subjects whose rows are written together. */
const SUBJECTS_PER_FLUSH = 250;
/** Subjects folded before other work of this thread gets its turn: what the last flush left to write is part of that. */
const SUBJECTS_PER_TURN = 10;

export interface PartSources {
  readonly set: ModelSet;
  readonly registry: EventRegistry;
  readonly signal?: AbortSignal;
}

/** Subjects of one part of the log, each with its decoded events in order. */
type Subjects = Map<string, { readonly kind: SubjectKind; readonly events: RecordedEvent[] }>;

export class PartBuilder {
  readonly marks = new Marks();

  constructor(
    private readonly sources: PartSources,
    private readonly log: LogParts,
    private readonly into: RowsBuild,
  ) {}

  /** @param onEvents how many events are folded, now and then */
  async build(index: number, of: number, onEvents: (events: number) => void): Promise<void> {
    await this.write(await this.read(index, of), onEvents);
  }

  private async read(index: number, of: number): Promise<Subjects> {
    const { set, registry } = this.sources;
    const subjects: Subjects = new Map();
    this.goOn();
    for await (const events of this.log.events(index, of)) {
      for (const event of events) {
        this.marks.add(event);
        const id = subjectOf(event);
        const subject = subjects.get(id);
        if (subject) subject.events.push(registry.decode(event));
        else subjects.set(id, { kind: kindOf(set, event), events: [registry.decode(event)] });
      }
      this.goOn();
    }
    return subjects;
  }

  private async write(subjects: Subjects, onEvents: (events: number) => void): Promise<void> {
    const { registry } = this.sources;
    // Sorted, so that indexes by subject grow page by page.
    const ids = [...subjects.keys()].sort();
    for (let i = 0; i < ids.length; i += SUBJECTS_PER_FLUSH) {
      this.goOn();
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

  /** @throws what the signal aborts with */
  private goOn(): void {
    this.sources.signal?.throwIfAborted();
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
