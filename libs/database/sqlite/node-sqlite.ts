/** `node:sqlite` for Kysely. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import {
  CompiledQuery, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler,
  type DatabaseConnection, type Dialect, type Driver, type QueryResult,
} from 'kysely';
import { LRUCache } from 'lru-cache';

/** Preparing takes longer than most of the statements themselves; lists of different lengths are different statements. */
const PREPARED = 100;
/** Milliseconds that a writer waits for another connection's transaction. */
const PATIENCE = 5000;
const BUSY = 5;

/** Statements of one connection take turns in it, a transaction as a whole. */
export const sqliteDialect = (connection: DatabaseSync): Dialect => ({
  createAdapter: () => new SqliteAdapter(),
  createDriver: () => new NodeSqlite(connection),
  createIntrospector: (queries) => new SqliteIntrospector(queries),
  createQueryCompiler: () => new SqliteQueryCompiler(),
});

class NodeSqlite implements Driver, DatabaseConnection {
  private readonly prepared = new LRUCache<string, StatementSync>({ max: PREPARED });

  constructor(private readonly database: DatabaseSync) {}

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    return this;
  }

  async releaseConnection(): Promise<void> {}

  /** A transaction here is there to write: one that turned into a writer half-way could not wait for its turn. */
  async beginTransaction(): Promise<void> {
    await this.executeQuery(CompiledQuery.raw('begin immediate'));
  }

  async commitTransaction(): Promise<void> {
    await this.executeQuery(CompiledQuery.raw('commit'));
  }

  async rollbackTransaction(): Promise<void> {
    await this.executeQuery(CompiledQuery.raw('rollback'));
  }

  async destroy(): Promise<void> {
    this.database.close();
  }

  /** Waits without holding up the process, where the transaction waited for may be. */
  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    for (const until = performance.now() + PATIENCE; ; await sleep(2)) {
      try {
        return this.run<Row>(sql, parameters as readonly SQLInputValue[]);
      } catch (error) {
        if ((error as { errcode?: number }).errcode !== BUSY || performance.now() > until) throw error;
      }
    }
  }

  streamQuery(): AsyncIterableIterator<never> {
    throw new Error('no list here is longer than a page');
  }

  private run<Row>(sql: string, parameters: readonly SQLInputValue[]): QueryResult<Row> {
    let statement = this.prepared.get(sql);
    if (!statement) this.prepared.set(sql, (statement = this.database.prepare(sql)));
    if (statement.columns().length > 0) return { rows: statement.all(...parameters) as Row[] };
    return { rows: [], numAffectedRows: BigInt(statement.run(...parameters).changes) };
  }
}
