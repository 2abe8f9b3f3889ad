/** How requests read the read models: the served generation, read-only, each answer with how fresh it is. */
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { EventReader } from '#event-store';
import type { Instant } from '#kernel';
import { LRUCache } from 'lru-cache';
import type { Freshness, Value } from './definition.js';
import { eventsBehind, LIVE_WITHIN } from './freshness.js';
import { ordinalAt } from './log-lookup.js';
import { GenerationFiles } from './sqlite/files.js';

export type Params = Readonly<Record<string, Value>> | readonly Value[];

/** Rows of one moment. */
export interface Rows {
  all<T = Record<string, Value>>(sql: string, params?: Params): readonly T[];
  get<T = Record<string, Value>>(sql: string, params?: Params): T | undefined;
}

/** A subject whose rows stay behind in a read model, and since which event. */
export interface Incomplete {
  readonly subject: string;
  readonly readModel: string;
  readonly eventId: string;
  readonly ordinal: number;
  readonly since: Instant;
  readonly error: string;
}

/** Nothing is served yet: the first generation is still being built. */
export class ReadModelsNotReadyError extends Error {
  constructor() {
    super('the read models are being built for the first time');
  }
}

export interface ReadModelReaderOptions {
  readonly directory: string;
  readonly log: EventReader;
}

/** Prepared statements kept. */
const STATEMENTS = 300;

export class ReadModelReader implements Rows {
  private readonly files: GenerationFiles;
  private readonly log: EventReader;
  private open: { readonly name: string; readonly database: DatabaseSync; readonly statements: LRUCache<string, StatementSync> } | undefined;

  constructor({ directory, log }: ReadModelReaderOptions) {
    this.files = new GenerationFiles(directory);
    this.log = log;
  }

  /** @throws ReadModelsNotReadyError */
  all<T = Record<string, Value>>(sql: string, params?: Params): readonly T[] {
    return run(this.statement(sql), 'all', params) as readonly T[];
  }

  /** @throws ReadModelsNotReadyError */
  get<T = Record<string, Value>>(sql: string, params?: Params): T | undefined {
    return run(this.statement(sql), 'get', params) as T | undefined;
  }

  /**
   * Rows and their freshness out of one short read transaction, so that they agree.
   *
   * @param read must not wait for anything
   * @param readModels those that the answer draws on, to count only their incomplete subjects; all when absent
   * @throws ReadModelsNotReadyError
   */
  async withFreshness<T>(
    read: (rows: Rows) => T,
    readModels?: readonly string[],
  ): Promise<{ readonly value: T; readonly freshness: Freshness }> {
    const { database } = this.current();
    database.exec('BEGIN');
    let value: T;
    let state: Omit<Freshness, 'eventsBehind' | 'behindSince' | 'status'> & { stopped: boolean };
    try {
      state = this.state(readModels);
      value = read(this);
    } finally {
      database.exec('COMMIT');
    }
    const { stopped, ...freshness } = state;
    const behind = await eventsBehind(this.log, freshness);
    const status = stopped ? 'stopped' : behind > LIVE_WITHIN ? 'catchingUp' : 'live';
    const behindSince = behind === 0 ? undefined : await this.firstMissing(freshness);
    return { value, freshness: { ...freshness, eventsBehind: behind, ...(behindSince !== undefined && { behindSince }), status } };
  }

  /** When the first event was recorded that the answer does not include. */
  private async firstMissing({ position, ordinal }: Pick<Freshness, 'position' | 'ordinal'>): Promise<Instant | undefined> {
    const { events } = await this.log.readAll({ limit: 1, ...(position !== undefined && { after: position, afterOrdinal: ordinal }) });
    return events[0]?.recordedAt;
  }

  incompleteSubjects(readModel?: string): readonly Incomplete[] {
    const columns = 'subject, read_model AS readModel, event_id AS eventId, ordinal, since, error';
    return readModel === undefined
      ? this.all<Incomplete>(`SELECT ${columns} FROM quarantine ORDER BY ordinal`)
      : this.all<Incomplete>(`SELECT ${columns} FROM quarantine WHERE read_model = ? ORDER BY ordinal`, [readModel]);
  }

  /** The last ordinal known at that moment (DESIGN 5), for `asKnown`. */
  ordinalAt(knownAt: Instant): Promise<number> {
    return ordinalAt(this.current().database, this.log, knownAt);
  }

  close(): void {
    this.open?.database.close();
    this.open = undefined;
  }

  private state(readModels: readonly string[] | undefined) {
    const checkpoint = this.get<{ position: string | null; ordinal: number; known_at: string | null; stopped: string | null }>(
      'SELECT position, ordinal, known_at, stopped FROM checkpoint',
    )!;
    const incomplete = this.get<{ n: number }>(
      'SELECT count(DISTINCT subject) AS n FROM quarantine WHERE ?1 IS NULL OR read_model IN (SELECT value FROM json_each(?1))',
      [readModels ? JSON.stringify(readModels) : null],
    )!;
    return {
      position: checkpoint.position ?? undefined,
      ordinal: checkpoint.ordinal,
      asOf: checkpoint.known_at ?? undefined,
      stopped: checkpoint.stopped !== null,
      incomplete: incomplete.n,
    };
  }

  private statement(sql: string): StatementSync {
    const { database, statements } = this.current();
    let statement = statements.get(sql);
    if (!statement) statements.set(sql, (statement = database.prepare(sql)));
    return statement;
  }

  private current() {
    // One answer comes out of one file; between answers the pointer is looked at each time, so that a reader that
    // waited for its own write never reads the generation before.
    if (this.open?.database.isTransaction) return this.open;
    const name = this.files.current();
    if (name === undefined) throw new ReadModelsNotReadyError();
    if (name === this.open?.name) return this.open;
    const database = new DatabaseSync(this.files.path(name), { readOnly: true, timeout: 2_000 });
    database.exec('PRAGMA query_only = ON; PRAGMA cache_size = -32000');
    this.close();
    return (this.open = { name, database, statements: new LRUCache({ max: STATEMENTS }) });
  }
}

function run(statement: StatementSync, how: 'all' | 'get', params: Params | undefined): unknown {
  if (params === undefined) return statement[how]();
  return Array.isArray(params) ? statement[how](...(params as Value[])) : statement[how](params as Record<string, Value>);
}
