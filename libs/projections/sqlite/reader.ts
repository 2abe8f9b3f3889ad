/** Requests read the served file, on one connection. */
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { LRUCache } from 'lru-cache';
import type { Value } from '../definition.js';
import { ReadModelsNotReadyError, type Params, type ReadStore, type Rows } from '../read-store.js';
import { GenerationFiles } from './files.js';

/** Prepared statements kept. */
const STATEMENTS = 300;

interface Open {
  readonly name: string;
  readonly database: DatabaseSync;
  readonly statements: LRUCache<string, StatementSync>;
}

export class SqliteReadStore implements ReadStore {
  private readonly files: GenerationFiles;
  private open: Open | undefined;
  private turns: Promise<unknown> = Promise.resolve();

  constructor(directory: string) {
    this.files = new GenerationFiles(directory);
  }

  all<T>(sql: string, params?: Params): Promise<readonly T[]> {
    return this.inTurn(() => rowsIn(this.current()).all<T>(sql, params));
  }

  get<T>(sql: string, params?: Params): Promise<T | undefined> {
    return this.inTurn(() => rowsIn(this.current()).get<T>(sql, params));
  }

  atOneMoment<T>(work: (rows: Rows) => Promise<T>): Promise<T> {
    return this.inTurn(async () => {
      const open = this.current();
      open.database.exec('BEGIN');
      try {
        return await work(rowsIn(open));
      } finally {
        open.database.exec('COMMIT');
      }
    });
  }

  close(): Promise<void> {
    return this.inTurn(async () => this.closeFile());
  }

  private closeFile(): void {
    this.open?.database.close();
    this.open = undefined;
  }

  /** A transaction is not entered twice, and nobody's read falls into the moment of another's answer. */
  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.turns.then(work);
    this.turns = mine.catch(() => undefined);
    return mine;
  }

  /** The pointer is looked at for each answer, so that a reader that waited for its own write never reads the generation before. */
  private current(): Open {
    const name = this.files.current();
    if (name === undefined) throw new ReadModelsNotReadyError();
    if (name === this.open?.name) return this.open;
    const database = new DatabaseSync(this.files.path(name), { readOnly: true, timeout: 2_000 });
    database.exec('PRAGMA query_only = ON; PRAGMA cache_size = -32000');
    this.closeFile();
    return (this.open = { name, database, statements: new LRUCache<string, StatementSync>({ max: STATEMENTS }) });
  }
}

function rowsIn({ database, statements }: Open): Rows {
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
