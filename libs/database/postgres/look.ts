/** A look at a PostgreSQL database by somebody who must not change it. */
import pg from 'pg';
import { connectionTo, type PostgresAddress } from './address.js';
import { clockAhead } from './clock-ahead.js';

/** Rows of one statement. */
export type Ask = <Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]) => Promise<readonly Row[]>;

const ANSWER_WITHIN = 5_000;

/** `standby`: it follows another server; `readOnly`: whoever connects there as this user may only read. */
export type TakesNoWrites = 'standby' | 'readOnly';

/**
 * One connection, on which nothing can be written.
 *
 * @param look is also told whether others could write there
 * @throws Error as the driver and the server say it
 */
export async function lookInto<T>(address: PostgresAddress, look: (ask: Ask, takesNoWrites: TakesNoWrites | undefined) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    ...connectionTo(address),
    application_name: 'throughcare look',
    connectionTimeoutMillis: ANSWER_WITHIN,
    query_timeout: ANSWER_WITHIN,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const ask: Ask = async (text, values = []) => (await client.query(text, [...values])).rows as never;
    const takesNoWrites = await whetherItTakesNoWrites(ask);
    await ask('set default_transaction_read_only = on');
    return await look(ask, takesNoWrites);
  } finally {
    await client.end();
  }
}

/** As the server, the database and the user have it: to be asked before this connection is made to read only. */
async function whetherItTakesNoWrites(ask: Ask): Promise<TakesNoWrites | undefined> {
  const [server] = await ask<{ isStandby: boolean; isReadOnly: boolean }>(
    `select pg_is_in_recovery() as "isStandby", current_setting('default_transaction_read_only') = 'on' as "isReadOnly"`,
  );
  if (server!.isStandby) return 'standby';
  return server!.isReadOnly ? 'readOnly' : undefined;
}

export interface PostgresLook {
  /** `18.0` */
  readonly version: string;
  readonly database: string;
  readonly user: string;
  readonly secure: boolean;
  /** Undefined where it takes them. */
  readonly takesNoWrites: TakesNoWrites | undefined;
  /** Whether the user may make the schemas that are needed. */
  readonly mayMakeSchemas: boolean;
  /** How far the clock of this machine is ahead of the database's, milliseconds. */
  readonly clockAhead: number;
  /** Of what lies in `throughcare_state`, by name; empty before the first start. */
  readonly formats: ReadonlyMap<string, number>;
}

export async function lookAtPostgres(ask: Ask, takesNoWrites: TakesNoWrites | undefined): Promise<PostgresLook> {
  const [server] = await ask<Omit<PostgresLook, 'takesNoWrites' | 'clockAhead' | 'formats'>>(
    `select current_setting('server_version') as version, current_database() as database, current_user as "user",
       coalesce((select ssl from pg_stat_ssl where pid = pg_backend_pid()), false) as secure,
       has_database_privilege(current_database(), 'CREATE') as "mayMakeSchemas"`,
  );
  const ahead = await clockAhead(async (text) => ({ rows: await ask<{ now: number }>(text) }), Date.now);
  const [state] = await ask<{ there: boolean }>("select to_regclass('throughcare_state.format') is not null as there");
  const formats = state!.there ? await ask<{ name: string; format: number }>('select name, format from throughcare_state.format') : [];
  return { ...server!, takesNoWrites, clockAhead: ahead, formats: new Map(formats.map(({ name, format }) => [name, format])) };
}
