/** Requests read the served schema: each answer in one read-only transaction, on one connection of a pool of readers. */
import { LRUCache } from 'lru-cache';
import type pg from 'pg';
import type { QueryResultRow } from 'pg';
import { ReadModelsNotReadyError, type Params, type ReadStore, type Rows } from '../read-store.js';
import { unlessAway } from './away.js';
import { inOneLook, readersAt } from './connect.js';
import { statementOf, valuesFor, type Statement } from './dialect.js';
import { isMissing, servedIn, spaceOf, type LogId, type PostgresPlace } from './place.js';

/** Statements translated and kept. */
const STATEMENTS = 500;

export class PostgresReadStore implements ReadStore {
  private readonly pool: pg.Pool;
  private readonly space: string;
  private readonly statements = new LRUCache<string, Statement>({ max: STATEMENTS });

  /** @param log whose read models these have to be: see `servedIn` */
  constructor(
    place: PostgresPlace,
    private readonly log: LogId,
  ) {
    this.pool = readersAt(place);
    this.space = spaceOf(place);
  }

  all<T>(sql: string, params?: Params): Promise<readonly T[]> {
    return this.atOneMoment((rows) => rows.all<T>(sql, params));
  }

  get<T>(sql: string, params?: Params): Promise<T | undefined> {
    return this.atOneMoment((rows) => rows.get<T>(sql, params));
  }

  async atOneMoment<T>(work: (rows: Rows) => Promise<T>): Promise<T> {
    try {
      return await this.look(work).catch((error: unknown) => {
        // What was served went between two statements; what is served now is looked for once more.
        if (isMissing(error)) return this.look(work);
        throw error;
      });
    } catch (error) {
      throw unlessAway(error);
    }
  }

  close(): Promise<void> {
    return this.pool.end();
  }

  private async look<T>(work: (rows: Rows) => Promise<T>): Promise<T> {
    const log = await this.log();
    return inOneLook(this.pool, async (client) => {
      const name = await servedIn(client, this.space, log);
      if (name === undefined) throw new ReadModelsNotReadyError();
      const { rows, end } = this.rowsOf(client, name);
      try {
        return await work(rows);
      } finally {
        await end();
      }
    });
  }

  /** One statement after the other, as a connection takes them, whoever asks for several at once. */
  private rowsOf(client: pg.PoolClient, generation: string): { readonly rows: Rows; end(): Promise<void> } {
    let before: Promise<unknown> = Promise.resolve();
    let isOver = false;
    const ask = <T>(sql: string, params?: Params): Promise<readonly T[]> => {
      if (isOver) return Promise.reject(new Error('this answer is over: nothing more can be read for it'));
      const statement = this.statement(sql);
      const query = {
        // Prepared for the tables of one generation: those of the next may have other columns.
        name: `${generation} ${statement.hash}`.slice(-63),
        text: statement.text,
        values: [...valuesFor(statement, params)],
      };
      const asked = before.then(() => client.query<T & QueryResultRow>(query)).then(({ rows }) => rows);
      before = asked.catch(() => undefined);
      return asked;
    };
    return {
      rows: { all: ask, get: async <T>(sql: string, params?: Params) => (await ask<T>(sql, params))[0] },
      async end() {
        isOver = true;
        await before;
      },
    };
  }

  private statement(sql: string): Statement {
    let statement = this.statements.get(sql);
    if (!statement) this.statements.set(sql, (statement = statementOf(sql)));
    return statement;
  }
}
