/**
 * Generations in a PostgreSQL database: a schema each, and a table that says which is served. Names of schemas begin
 * with `space`, so one database can hold several programmes.
 */
import type pg from 'pg';
import type { Checksum } from '../checksum.js';
import { ProjectorBusyError, type GenerationBuild, type Generations, type Moment } from '../generations.js';
import type { ModelSet } from '../model-set.js';
import { quoted } from '../sql.js';
import { unlessAway } from './away.js';
import { PostgresBuild } from './build.js';
import { clientAt, inTransaction, poolAt } from './connect.js';
import { PostgresGeneration } from './generation.js';
import { atOneMoment, trial } from './moment.js';
import { schemaOf, servedIn, spaceOf, type LogId, type PostgresPlace } from './place.js';
import { inSchema } from './schema.js';

/**
 * @param log that which is projected there; any when absent
 * @throws ReadModelsUnavailableError, and Error where the place cannot be made ready otherwise
 */
export async function postgresGenerations(
  place: PostgresPlace,
  log: LogId = async () => undefined,
): Promise<Generations> {
  const space = spaceOf(place);
  const pool = poolAt(place);
  try {
    await migrate(pool, space);
    return new PostgresGenerations(pool, place, log);
  } catch (error) {
    await pool.end();
    throw unlessAway(error);
  }
}

/** Processes that start together take turns: the lock ends with the transaction. */
const migrate = (pool: pg.Pool, space: string): Promise<void> =>
  inTransaction(pool, async (client) => {
    await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`${space} migration`]);
    await client.query(`
      CREATE SCHEMA IF NOT EXISTS ${quoted(space)};
      CREATE TABLE IF NOT EXISTS ${inSchema(space, 'served')} (
        one integer PRIMARY KEY CHECK (one = 1), name text NOT NULL, log text
      );
    `);
  });

const BUILDING = '.building';

class PostgresGenerations implements Generations {
  private readonly space: string;

  constructor(
    private readonly pool: pg.Pool,
    private readonly place: PostgresPlace,
    private readonly log: LogId,
  ) {
    this.space = spaceOf(place);
  }

  /** The lock is the connection's own: it ends with the process, or when the server loses sight of it. */
  async lock(onLost: (error: Error) => void) {
    const client = clientAt(this.place);
    let held = false;
    const lost = (error?: Error) => {
      if (!held) return;
      held = false;
      onLost(error ?? new Error('the connection that held the projector\'s lock has ended'));
    };
    client.on('error', lost).on('end', () => lost());
    await client.connect();
    try {
      const { rows } = await client.query<{ got: boolean }>('SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS got', [
        `${this.space} projector`,
      ]);
      if (!rows[0]!.got) throw new ProjectorBusyError(`the database, in ${this.space}`);
      held = true;
    } catch (error) {
      await client.end();
      throw error;
    }
    return {
      async release() {
        held = false;
        await client.end();
      },
    };
  }

  /** @throws ReadModelsUnavailableError where what is served is another log's */
  async current(): Promise<string | undefined> {
    const log = await this.log();
    return inTransaction(this.pool, (client) => servedIn(client, this.space, log));
  }

  async freeName(generation: string): Promise<string> {
    const taken = new Set(await this.names());
    for (let build = 1; ; build++) {
      const name = build === 1 ? generation : `${generation}-${build}`;
      if (!taken.has(name)) return name;
    }
  }

  async create(name: string, set: ModelSet): Promise<PostgresBuild> {
    const client = await this.pool.connect();
    // Nothing of a build outlives a crash, so nothing waits for the disk; `finish` does, and with it all before it.
    await client.query('SET synchronous_commit = off');
    return PostgresBuild.create(client, this.schema(`${name}${BUILDING}`), set, () => client.release(true));
  }

  async finish(name: string): Promise<void> {
    await this.pool.query(`ALTER SCHEMA ${quoted(this.schema(`${name}${BUILDING}`))} RENAME TO ${quoted(this.schema(name))}`);
  }

  async open(name: string): Promise<PostgresGeneration> {
    return new PostgresGeneration(this.pool, this.schema(name));
  }

  async pointTo(name: string): Promise<void> {
    await this.pool.query(
      `INSERT INTO ${inSchema(this.space, 'served')} (one, name, log) VALUES (1, $1, $2)
       ON CONFLICT (one) DO UPDATE SET name = excluded.name, log = excluded.log`,
      [name, (await this.log()) ?? null],
    );
  }

  atOneMoment<T>(name: string, set: ModelSet, work: (moment: Moment) => Promise<T>): Promise<T> {
    return atOneMoment(this.pool, this.schema(name), set, work);
  }

  trial(set: ModelSet, fill: (into: GenerationBuild) => Promise<unknown>): Promise<Checksum> {
    return trial(this.pool, this.schema('trial'), set, fill);
  }

  async remove(name: string): Promise<void> {
    await this.pool.query(`DROP SCHEMA IF EXISTS ${quoted(this.schema(name))} CASCADE`);
  }

  async sweep(keep: readonly string[]): Promise<void> {
    for (const name of await this.names()) if (!keep.includes(name)) await this.remove(name);
  }

  async close(): Promise<void> {
    await this.pool.end();
  }

  private schema(name: string): string {
    return schemaOf(this.space, name);
  }

  /** Of all generations, those in the making included. */
  private async names(): Promise<readonly string[]> {
    const { rows } = await this.pool.query<{ name: string }>(
      'SELECT substr(nspname, $2) AS name FROM pg_namespace WHERE starts_with(nspname, $1) ORDER BY nspname',
      [this.schema(''), this.schema('').length + 1],
    );
    return rows.map(({ name }) => name);
  }
}
