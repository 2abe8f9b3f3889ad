/**
 * One subject's history folded into rows: the unit of work of the engine (ADR 0005). What comes out depends on the
 * order of the events alone, never on how they were cut into batches, so bulk, live and retried rows are the same.
 */
import { effectiveHistory, type EventRegistry, type RecordedEvent } from '#kernel';
import { modelsAfter, type ModelLayout, type SubjectKind } from './model-set.js';
import { difference, keep, type Change, type Kept } from './rows.js';

/** Why a subject's rows stay behind in one read model. */
export interface Failure {
  /** The event at which fold or rows failed. */
  readonly eventId: string;
  /** The event that brought the failure; the rows are those of just before it. */
  readonly ordinal: number;
  readonly since: string;
  readonly error: string;
}

/** A fold that threw, and at which event. */
class FoldError extends Error {
  constructor(
    readonly eventId: string,
    override readonly cause: unknown,
  ) {
    super(cause instanceof Error ? cause.message : String(cause));
  }
}

interface Standing {
  readonly states: readonly unknown[];
  readonly broken: readonly (FoldError | undefined)[];
  readonly rows: readonly (readonly (readonly Kept[])[])[];
  readonly failures: readonly (Failure | undefined)[];
  readonly last: string;
  readonly length: number;
}

export class Subject {
  /** Decoded events in the order they were recorded. */
  readonly recorded: RecordedEvent[] = [];
  /** Streams that hold them. */
  readonly streams = new Set<string>();
  /** When the last event of the effective history occurred. */
  private last = '';
  /** Events that a void or a correction names: one that arrives after its void must not be folded as it stands. */
  private readonly named = new Set<string>();
  private states: unknown[];
  private broken: (FoldError | undefined)[];
  private rows: (readonly (readonly Kept[])[])[];
  private failed: (Failure | undefined)[];

  constructor(
    readonly id: string,
    readonly kind: SubjectKind,
    private readonly registry: EventRegistry,
  ) {
    this.states = kind.folds.map(({ fold }) => fold.initial(id));
    this.broken = kind.folds.map(() => undefined);
    this.rows = kind.models.map((model) => model.tables.map(() => []));
    this.failed = kind.models.map(() => undefined);
  }

  /** Read models that cannot be folded for this subject as its history stands. */
  get failures(): readonly { readonly model: ModelLayout; readonly failure: Failure }[] {
    return this.kind.models.flatMap((model, m) => {
      const failure = this.failed[m];
      return failure ? [{ model, failure }] : [];
    });
  }

  /** Rows of a model as they are to stand in its tables, in the order of `model.tables`. */
  rowsOf(model: ModelLayout): readonly (readonly Kept[])[] {
    return this.rows[this.kind.models.indexOf(model)] ?? [];
  }

  /**
   * Takes the next recorded events and returns what changes in the tables: every version, oldest first, where
   * versions are kept, else at most one change a row.
   *
   * @param versions false where only the last rows matter, as when a subject is loaded again
   */
  advance(events: readonly RecordedEvent[], versions = true): readonly Change[] {
    const before = this.standing();
    if (this.failed.every((failure) => !failure)) {
      try {
        return this.forward(events, versions);
      } catch {
        this.restore(before);
      }
    }
    const versioned = events.flatMap((event) => this.step(event)).filter(({ table }) => table.bitemporal);
    const latest: Change[] = [];
    this.kind.models.forEach(({ tables }, m) =>
      tables.forEach((table, t) => {
        if (table.bitemporal) return;
        difference(table, before.rows[m]![t]!, this.rows[m]![t]!, events.at(-1)?.ordinal ?? 0, latest);
      }),
    );
    return [...versioned, ...latest];
  }

  /** The usual way: models that keep no versions are refolded and compared once, after the last event. */
  private forward(events: readonly RecordedEvent[], versions: boolean): readonly Change[] {
    const { folds, models } = this.kind;
    const changes: Change[] = [];
    const stale = new Set<number>();
    const touched = new Set<number>();
    for (const event of events) {
      const refold = this.take(event);
      let history: readonly RecordedEvent[] | undefined;
      for (let f = 0; f < folds.length; f++) {
        if (!(versions && folds[f]!.versioned)) {
          if (refold) stale.add(f);
          else if (!stale.has(f)) this.states[f] = folds[f]!.fold.evolve(this.states[f], event);
        } else if (refold) this.refold(f, (history ??= this.history()));
        else this.states[f] = folds[f]!.fold.evolve(this.states[f], event);
      }
      for (const m of refold ? models.keys() : modelsAfter(this.kind, event.type)) {
        if (versions && models[m]!.versioned) this.compare(m, event.ordinal, changes);
        else touched.add(m);
      }
    }
    if (stale.size > 0) {
      const history = this.history();
      for (const f of stale) this.refold(f, history);
    }
    for (const m of touched) this.compare(m, events.at(-1)!.ordinal, changes);
    return changes;
  }

  /** The careful way, where something fails: event by event, each fold and each model on its own. */
  private step(event: RecordedEvent): readonly Change[] {
    const { folds, models } = this.kind;
    const changes: Change[] = [];
    let refold = true;
    try {
      refold = this.take(event);
    } catch {
      // An effect that cannot be read: the refold below fails on it too, and says so for every fold.
    }
    // Events that are merely next cannot heal a broken fold: it would break at the same event again.
    for (let f = 0; f < folds.length; f++) {
      if (this.broken[f] && !refold) continue;
      try {
        if (refold) this.refold(f, this.history());
        else this.evolve(f, event);
        this.broken[f] = undefined;
      } catch (error) {
        this.broken[f] = error instanceof FoldError ? error : new FoldError(event.eventId, error);
      }
    }
    for (let m = 0; m < models.length; m++) {
      const broken = this.broken[models[m]!.fold];
      const due = refold || this.failed[m] !== undefined || models[m]!.affectedBy.has(event.type);
      try {
        if (broken) throw broken;
        if (due) this.compare(m, event.ordinal, changes);
        this.failed[m] = undefined;
      } catch (error) {
        this.failed[m] ??= {
          eventId: error instanceof FoldError ? error.eventId : event.eventId,
          ordinal: event.ordinal,
          since: event.recordedAt,
          error: error instanceof Error ? error.message : String(error),
        };
      }
    }
    return changes;
  }

  /** Notes an event; true where it changes what came before, so that only a refold is right. */
  private take(event: RecordedEvent): boolean {
    this.recorded.push(event);
    this.streams.add(event.stream);
    const effect = this.registry.definition(event.type).effect;
    if (effect) {
      if ('voids' in effect) effect.voids(event.data as never).forEach((id) => this.named.add(id));
      else this.named.add(effect.corrects(event.data as never).eventId);
    }
    const late = event.occurredAt < this.last;
    if (!late) this.last = event.occurredAt;
    return late || effect !== undefined || this.named.has(event.eventId);
  }

  private history(): readonly RecordedEvent[] {
    const history = effectiveHistory(this.recorded, this.registry);
    this.last = history.at(-1)?.occurredAt ?? '';
    return history;
  }

  private refold(f: number, history: readonly RecordedEvent[]): void {
    const { fold } = this.kind.folds[f]!;
    this.states[f] = fold.initial(this.id);
    for (const event of history) this.evolve(f, event);
  }

  private evolve(f: number, event: RecordedEvent): void {
    try {
      this.states[f] = this.kind.folds[f]!.fold.evolve(this.states[f], event);
    } catch (error) {
      throw new FoldError(event.eventId, error);
    }
  }

  private compare(m: number, ordinal: number, changes: Change[]): void {
    const { model, tables, fold } = this.kind.models[m]!;
    const rows = model.rows(this.states[fold], this.id);
    for (const name in rows) {
      if (!tables.some((table) => table.name === name)) throw new Error(`${model.name} has no table ${name}`);
    }
    const before = this.rows[m]!;
    const next = tables.map((table, t) => keep(table, rows[table.name], before[t]!, ordinal));
    const found: Change[] = [];
    tables.forEach((table, t) => difference(table, before[t]!, next[t]!, ordinal, found));
    this.rows[m] = next;
    for (const change of found) changes.push(change);
  }

  private standing(): Standing {
    const { states, broken, rows, failed, last, recorded } = this;
    return {
      states: [...states], broken: [...broken], rows: [...rows], failures: [...failed], last, length: recorded.length,
    };
  }

  private restore(before: Standing): void {
    this.states = [...before.states];
    this.broken = [...before.broken];
    this.rows = [...before.rows];
    this.failed = [...before.failures];
    this.last = before.last;
    this.recorded.length = before.length;
  }
}
