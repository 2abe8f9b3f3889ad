/** How requests read the read models: the served generation, read-only, each answer with how fresh it is. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { EventReader } from '#event-store';
import type { Instant } from '#kernel';
import { LRUCache } from 'lru-cache';
import type { Freshness, Value } from './definition.js';
import { eventsBehind, LIVE_WITHIN } from './freshness.js';
import { ordinalAt, placeBefore } from './log-lookup.js';
import { GenerationFiles } from './sqlite/files.js';

export type Params = Readonly<Record<string, Value>> | readonly Value[];

/** Rows of one moment. */
export interface Rows {
  all<T = Record<string, Value>>(sql: string, params?: Params): Promise<readonly T[]>;
  get<T = Record<string, Value>>(sql: string, params?: Params): Promise<T | undefined>;
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
  private turns: Promise<unknown> = Promise.resolve();
  private readonly inside = new AsyncLocalStorage<{ over: boolean }>();

  constructor({ directory, log }: ReadModelReaderOptions) {
    this.files = new GenerationFiles(directory);
    this.log = log;
  }

  /** @throws ReadModelsNotReadyError */
  all<T = Record<string, Value>>(sql: string, params?: Params): Promise<readonly T[]> {
    return this.inTurn(() => rowsIn(this.current()).all<T>(sql, params));
  }

  /** @throws ReadModelsNotReadyError */
  get<T = Record<string, Value>>(sql: string, params?: Params): Promise<T | undefined> {
    return this.inTurn(() => rowsIn(this.current()).get<T>(sql, params));
  }

  /**
   * Rows and their freshness out of one short read transaction, so that they agree.
   *
   * @param read waits for nothing but the rows it is given: other answers wait for it
   * @param readModels those that the answer draws on, to count only their incomplete subjects; all when absent
   * @throws ReadModelsNotReadyError
   */
  async withFreshness<T>(
    read: (rows: Rows) => Promise<T>,
    readModels?: readonly string[],
  ): Promise<{ readonly value: T; readonly freshness: Freshness }> {
    const { value, state } = await this.inTurn(async () => {
      const open = this.current();
      open.database.exec('BEGIN');
      try {
        const rows = rowsIn(open);
        return { state: await stateOf(rows, readModels), value: await read(rows) };
      } finally {
        open.database.exec('COMMIT');
      }
    });
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

  /** The last ordinal known at that moment (DESIGN 5), for `asKnown`. */
  async ordinalAt(knownAt: Instant): Promise<number> {
    const place = await this.inTurn(async () => placeBefore(this.current().database, knownAt));
    return ordinalAt(place, this.log, knownAt);
  }

  close(): Promise<void> {
    return this.inTurn(async () => this.closeFile());
  }

  private closeFile(): void {
    this.open?.database.close();
    this.open = undefined;
  }

  /** A transaction is not entered twice, and nobody's read falls into the moment of another's answer. */
  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    // It would wait for the answer that waits for it.
    if (this.inside.getStore()?.over === false) throw new Error('a read inside an answer has to use the rows that the answer was given');
    const turn = { over: false };
    const mine = this.turns.then(() => this.inside.run(turn, work)).finally(() => (turn.over = true));
    this.turns = mine.catch(() => undefined);
    return mine;
  }

  /** The pointer is looked at for each answer, so that a reader that waited for its own write never reads the generation before. */
  private current() {
    const name = this.files.current();
    if (name === undefined) throw new ReadModelsNotReadyError();
    if (name === this.open?.name) return this.open;
    const database = new DatabaseSync(this.files.path(name), { readOnly: true, timeout: 2_000 });
    database.exec('PRAGMA query_only = ON; PRAGMA cache_size = -32000');
    this.closeFile();
    return (this.open = { name, database, statements: new LRUCache<string, StatementSync>({ max: STATEMENTS }) });
  }
}

export async function incompleteSubjects(rows: Rows, readModel?: string): Promise<readonly Incomplete[]> {
  const columns = 'subject, read_model AS readModel, event_id AS eventId, ordinal, since, error';
  return readModel === undefined
    ? await rows.all<Incomplete>(`SELECT ${columns} FROM quarantine ORDER BY ordinal`)
    : await rows.all<Incomplete>(`SELECT ${columns} FROM quarantine WHERE read_model = ? ORDER BY ordinal`, [readModel]);
}

async function stateOf(rows: Rows, readModels: readonly string[] | undefined) {
  const checkpoint = await rows.get<{ position: string | null; ordinal: number; known_at: string | null; stopped: string | null }>(
    'SELECT position, ordinal, known_at, stopped FROM checkpoint',
  );
  const incomplete = await rows.get<{ n: number }>(
    'SELECT count(DISTINCT subject) AS n FROM quarantine WHERE ?1 IS NULL OR read_model IN (SELECT value FROM json_each(?1))',
    [readModels ? JSON.stringify(readModels) : null],
  );
  return {
    position: checkpoint!.position ?? undefined,
    ordinal: checkpoint!.ordinal,
    asOf: checkpoint!.known_at ?? undefined,
    stopped: checkpoint!.stopped !== null,
    incomplete: incomplete!.n,
  };
}

function rowsIn({ database, statements }: { readonly database: DatabaseSync; readonly statements: LRUCache<string, StatementSync> }): Rows {
  const run = (how: 'all' | 'get', sql: string, params: Params = []): unknown => {
    let statement = statements.get(sql);
    if (!statement) statements.set(sql, (statement = database.prepare(sql)));
    return Array.isArray(params) ? statement[how](...(params as Value[])) : statement[how](params as Record<string, Value>);
  };
  return {
    all: async <T>(sql: string, params?: Params) => run('all', sql, params) as readonly T[],
    get: async <T>(sql: string, params?: Params) => run('get', sql, params) as T | undefined,
  };
}
