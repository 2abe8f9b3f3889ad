/** Every place where the server can keep what is in neither log nor read models, so that one suite holds for all. */
import { randomUUID } from 'node:crypto';
import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe } from '@jest/globals';
import pg from 'pg';
import { postgresPlace, sqlitePlace, type Place } from '#database';
import { describeUnless } from './left-out.js';
import { findPostgres, type TestPostgres } from './postgres.js';

export interface World {
  /** As one process opens it; again, as another. */
  place(): Promise<Place>;
  /** Of the test's own; in SQLite the files lie in it. */
  readonly directory: string;
  /** A backup, once everything is closed; what it answers puts it back, once everything is closed again. */
  backUp(): Promise<() => Promise<void>>;
}

const found = await findPostgres();

/** `suite` once a place; `here` answers the world of the running test. */
export function inEachPlace(suite: (here: () => World) => void): void {
  describe('in SQLite', () => inWorlds(sqliteWorld, suite));
  describeUnless('leftOut' in found ? found.leftOut : undefined, 'in PostgreSQL', () => {
    const server = found as TestPostgres;
    afterAll(() => server.stop());
    inWorlds((directory) => postgresWorld(server, directory), suite);
  });
}

type Opened = World & { end(): Promise<void> };

function inWorlds(open: (directory: string) => Promise<Opened>, suite: (here: () => World) => void): void {
  let world: Opened | undefined;
  beforeEach(async () => {
    world = await open(mkdtempSync(join(tmpdir(), 'throughcare-state-')));
  });
  suite(() => world!);
  // After what the suite itself closes.
  afterEach(async () => {
    await world!.end();
    rmSync(world!.directory, { recursive: true, force: true });
  });
}

const sqliteWorld = async (directory: string): Promise<Opened> => ({
  directory,
  place: async () => sqlitePlace(directory),
  async backUp() {
    const backup = mkdtempSync(join(directory, 'backup-'));
    const files = readdirSync(directory).filter((name) => name.endsWith('.db'));
    for (const name of files) copyFileSync(join(directory, name), join(backup, name));
    return async () => files.forEach((name) => copyFileSync(join(backup, name), join(directory, name)));
  },
  end: async () => {},
});

async function administer(url: string, ...statements: readonly string[]): Promise<void> {
  const client = new pg.Client(Object.assign(new URL(url), { pathname: '/postgres' }).href);
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

async function postgresWorld(server: TestPostgres, directory: string): Promise<Opened> {
  const { url, drop } = await server.database();
  const opened: Place[] = [];
  const closeAll = () => Promise.all(opened.splice(0).map((place) => place.close()));
  const name = new URL(url).pathname.slice(1);
  return {
    directory,
    async place() {
      const place = await postgresPlace({ url });
      opened.push(place);
      return place;
    },
    async backUp() {
      await closeAll();
      const backup = `${name}_${randomUUID().slice(0, 8)}`;
      await administer(url, `create database ${backup} template ${name}`);
      return async () => {
        await closeAll();
        await administer(url, `drop database ${name}`, `alter database ${backup} rename to ${name}`);
      };
    },
    async end() {
      await closeAll();
      await drop();
    },
  };
}
