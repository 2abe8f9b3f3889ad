/** Every place where generations can lie, so that one suite holds for all of them. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, describe } from '@jest/globals';
import pg from 'pg';
import { describeUnless } from '../../../test/support/left-out.js';
import { findPostgres, type TestPostgres } from '../../../test/support/postgres.js';
import type { Value } from '../definition.js';
import type { Generations } from '../generations.js';
import type { ReadModelsPlace } from '../place.js';
import { clientAt } from '../postgres/connect.js';
import { postgresGenerations } from '../postgres/generations.js';
import { sqliteGenerations } from '../sqlite/generations.js';
import { inDirectory } from './harness.js';

type Rows = readonly Readonly<Record<string, Value>>[];

/** A place of a test's own, and what it looks like behind the engine's back. */
export interface World {
  readonly place: ReadModelsPlace;
  readonly generations: Generations;
  /** As another process opens it. */
  again(): Promise<Generations>;
  /** Another place, empty too. */
  elsewhere(): Promise<Generations>;
  /** Of the generation of that name, `"table"` unqualified. */
  rows(name: string, sql: string): Promise<Rows>;
  /** Alters it behind the engine's back. */
  alter(name: string, sql: string): Promise<void>;
  /** From now on the commit of a batch fails with `disk full`, after rows of it were written. */
  fillDisk(name: string): Promise<void>;
  emptyDisk(name: string): Promise<void>;
  /** Names of what is there, builds under way included. */
  names(): Promise<readonly string[]>;
}

export type InWorld = (work: (world: World) => Promise<void>) => () => Promise<void>;

const found = await findPostgres();

/** `suite` once a store. */
export function onEachStore(suite: (inWorld: InWorld) => void): void {
  describe('in SQLite', () => suite((work) => () => inDirectory((directory) => work(sqliteWorld(directory)))));
  describeUnless('leftOut' in found ? found.leftOut : undefined, 'in PostgreSQL', () => {
    const server = found as TestPostgres;
    afterAll(() => server.stop());
    suite((work) => async () => {
      const { url, drop } = await server.database();
      const opened: Generations[] = [];
      const client = clientAt({ url });
      await client.connect();
      try {
        await work(await postgresWorld(url, client, opened));
      } finally {
        await Promise.all([client.end(), ...opened.map((generations) => generations.close())]);
        await drop();
      }
    });
  });
}

/** Every row of every table, past rows and the engine's own included, in an order of their own. */
export async function contentsOf(world: World, name: string, tables: readonly string[]): Promise<Record<string, readonly string[]>> {
  const contents: Record<string, readonly string[]> = {};
  for (const table of tables) {
    contents[table] = (await world.rows(name, `SELECT * FROM "${table}"`)).map((row) => JSON.stringify(row)).sort();
  }
  return contents;
}

function sqliteWorld(directory: string): World {
  const place = join(directory, 'read-models');
  const on = async <T>(name: string, work: (database: DatabaseSync) => T): Promise<T> => {
    const database = new DatabaseSync(join(place, `${name}.db`), { timeout: 5_000 });
    try {
      return work(database);
    } finally {
      database.close();
    }
  };
  const execute = (name: string, sql: string) => on(name, (database) => database.exec(sql));
  return {
    place: { directory: place },
    generations: sqliteGenerations(place),
    again: async () => sqliteGenerations(place),
    elsewhere: async () => sqliteGenerations(join(directory, 'elsewhere')),
    rows: (name, sql) => on(name, (database) => database.prepare(sql).all() as Rows),
    alter: execute,
    fillDisk: (name) =>
      execute(name, "CREATE TRIGGER full_disk BEFORE UPDATE ON checkpoint BEGIN SELECT RAISE(ABORT, 'disk full'); END"),
    emptyDisk: (name) => execute(name, 'DROP TRIGGER full_disk'),
    names: async () => readdirSync(place)
      .filter((file) => !/^(?:current|projector\.lock)|-(?:wal|shm|journal)$/.test(file))
      .map((file) => file.replace(/\.(?:db|building)$/, '')),
  };
}

async function postgresWorld(url: string, client: pg.Client, opened: Generations[]): Promise<World> {
  const open = async (space?: string) => {
    const generations = await postgresGenerations({ url, ...(space && { space }) });
    opened.push(generations);
    return generations;
  };
  const ask = async (sql: string, name?: string): Promise<Rows> => {
    if (name !== undefined) await client.query(`SET search_path = ${pg.escapeIdentifier(`read_models:${name}`)}`);
    return (await client.query<Readonly<Record<string, Value>>>(sql)).rows;
  };
  return {
    place: { postgres: { url } },
    generations: await open(),
    again: () => open(),
    elsewhere: () => open('elsewhere'),
    rows: (name, sql) => ask(sql, name),
    alter: async (name, sql) => void (await ask(sql, name)),
    // The checkpoint has moved by then.
    fillDisk: async (name) => void (await ask(
      `CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'disk full'; END $$;
       CREATE TRIGGER full_disk BEFORE INSERT OR UPDATE ON total FOR EACH ROW EXECUTE FUNCTION full_disk()`,
      name,
    )),
    emptyDisk: async (name) => void (await ask('DROP TRIGGER full_disk ON total', name)),
    names: async () => (await ask("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'read_models:%'"))
      .map(({ nspname }) => String(nspname).replace(/^read_models:/, '').replace(/\.building$/, '')),
  };
}
