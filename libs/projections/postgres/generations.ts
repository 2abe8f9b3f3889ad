/**
 * Generations in a PostgreSQL database: a schema each, and a table that says which is served. Names of schemas begin
 * with `space`, so one database can hold several programmes.
 */
import type pg from 'pg';
import { pause } from '../backoff.js';
import type { Checksum } from '../checksum.js';
import { ProjectorBusyError, type GenerationBuild, type Generations, type Moment, type Standby } from '../generations.js';
import type { ModelSet } from '../model-set.js';
import { quoted } from '../sql.js';
import { unlessAway } from './away.js';
import { PostgresBuild } from './build.js';
import { clientAt, glance, inTransaction, poolAt, watch, withoutWaiting } from './connect.js';
import { PostgresGeneration } from './generation.js';
import { atOneMoment, sweepTrial, trial } from './moment.js';
import { schemaOf, servedIn, spaceOf, type LogId, type PostgresPlace } from './place.js';
import { dropSchema, inSchema } from './schema.js';

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
const TRIAL = 'trial';

/** How often a standby asks for the lock, and the active one whether its connection stands, milliseconds. */
const LOCK_ASKED_EVERY = 500;
const LOCK_HELD_EVERY = 2_000;

const lockOf = (space: string): string => `${space} projector`;

/** Asks for the process that holds the lock of the active projector: one row, or none. */
export const lockedBy = (space: string): { readonly sql: string; readonly values: readonly unknown[] } => ({
  // A lock of one number of 64 bits is listed as two halves.
  sql: `SELECT application_name AS process, host(client_addr) AS address, backend_start AS since
     FROM pg_locks LEFT JOIN pg_stat_activity USING (pid)
     WHERE locktype = 'advisory' AND granted AND objsubid = 1
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
       AND ((classid::bigint << 32) | objid::bigint) = hashtextextended($1, 0)`,
  values: [lockOf(space)],
});

/** Whether some process holds that lock. */
export async function projectorIsAtWork(pool: pg.Pool, space: string): Promise<boolean> {
  const { sql, values } = lockedBy(space);
  const { rows } = await pool.query(sql, [...values]);
  return rows.length > 0;
}

class PostgresGenerations implements Generations {
  private readonly space: string;

  constructor(
    private readonly pool: pg.Pool,
    private readonly place: PostgresPlace,
    private readonly log: LogId,
  ) {
    this.space = spaceOf(place);
  }

  /** The lock is the connection's own: it ends with the process, or when either side loses sight of the other. */
  async lock(onLost: (error: Error) => void, standby?: Standby) {
    const client = clientAt(this.place);
    let held = false;
    let unwatch = () => {};
    const lost = (error?: Error) => {
      unwatch();
      if (!held) return;
      held = false;
      onLost(error ?? new Error('the connection that held the projector\'s lock has ended'));
    };
    client.on('error', lost).on('end', () => lost());
    await client.connect();
    try {
      if (!(await this.tryLock(client))) await this.wait(client, standby);
      held = true;
    } catch (error) {
      await client.end();
      throw error;
    }
    unwatch = watch(client, LOCK_HELD_EVERY, lost);
    return {
      async release() {
        held = false;
        unwatch();
        await client.end();
      },
    };
  }

  private async tryLock(client: pg.Client): Promise<boolean> {
    const [row] = await glance<{ got: boolean }>(client, 'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS got', [lockOf(this.space)]);
    return row!.got;
  }

  /** Asked for again and again, so that a standby whose connection is dead notices it. */
  private async wait(client: pg.Client, standby: Standby | undefined): Promise<void> {
    const busy = new ProjectorBusyError(`the database, in ${this.space}`);
    if (!standby) throw busy;
    standby.onWaiting(busy);
    do {
      await pause(LOCK_ASKED_EVERY, standby.signal);
      if (standby.signal.aborted) throw busy;
    } while (!(await this.tryLock(client)));
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
    try {
      // `finish` waits for the disk, and with it all before it.
      await withoutWaiting(client);
    } catch (error) {
      client.release(true);
      throw error;
    }
    return PostgresBuild.create({
      client, set, schema: this.schema(`${name}${BUILDING}`), place: this.place, end: () => client.release(true),
    });
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
    return trial(this.pool, this.place, this.schema(TRIAL), set, fill);
  }

  async remove(name: string): Promise<void> {
    await dropSchema(this.pool, this.schema(name));
  }

  async sweep(keep: readonly string[]): Promise<void> {
    for (const name of await this.names()) {
      if (name.startsWith(TRIAL)) await sweepTrial(this.pool, this.schema(name));
      else if (!keep.includes(name)) await this.remove(name);
    }
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
