/** A look at a PostgreSQL database by somebody who must not change it. */
import pg from 'pg';
import { connectionTo, type PostgresAddress } from './address.js';
import { clockAhead } from './clock-ahead.js';

/** Rows of one statement. */
export type Ask = <Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]) => Promise<readonly Row[]>;

const ANSWER_WITHIN = 5_000;

/** One connection, on which nothing can be written. @throws Error as the driver and the server say it */
export async function lookInto<T>(address: PostgresAddress, look: (ask: Ask) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    ...connectionTo(address, { default_transaction_read_only: 'on' }),
    application_name: 'throughcare look',
    connectionTimeoutMillis: ANSWER_WITHIN,
    query_timeout: ANSWER_WITHIN,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await look(async (text, values = []) => (await client.query(text, [...values])).rows as never);
  } finally {
    await client.end();
  }
}

export interface PostgresLook {
  /** `18.0` */
  readonly version: string;
  readonly database: string;
  readonly user: string;
  readonly secure: boolean;
  /** Whether the user may make the schemas that are needed. */
  readonly mayMakeSchemas: boolean;
  /** How far the clock of this machine is before the database's, milliseconds. */
  readonly clockAhead: number;
  /** Of what lies in `throughcare_state`, by name; empty before the first start. */
  readonly formats: ReadonlyMap<string, number>;
}

export async function lookAtPostgres(ask: Ask, now: () => number = Date.now): Promise<PostgresLook> {
  const [server] = await ask<Omit<PostgresLook, 'clockAhead' | 'formats'>>(
    `select current_setting('server_version') as version, current_database() as database, current_user as "user",
       coalesce((select ssl from pg_stat_ssl where pid = pg_backend_pid()), false) as secure,
       has_database_privilege(current_database(), 'CREATE') as "mayMakeSchemas"`,
  );
  const ahead = await clockAhead(async (text) => ({ rows: await ask<{ now: number }>(text) }), now);
  const [state] = await ask<{ there: boolean }>("select to_regclass('throughcare_state.format') is not null as there");
  const formats = state!.there ? await ask<{ name: string; format: number }>('select name, format from throughcare_state.format') : [];
  return { ...server!, clockAhead: ahead, formats: new Map(formats.map(({ name, format }) => [name, format])) };
}
