/** How a PostgreSQL database is reached, for everything that lies in one. */
import { readFileSync } from 'node:fs';
import pg from 'pg';

/** Plain data, so that it crosses threads. May hold a password: never to be shown. */
export interface PostgresAddress {
  /** `postgres://user@host:5432/database`. */
  readonly url: string;
  /** A file with the password; what the address says when absent. */
  readonly passwordFile?: string | undefined;
}

const BIGINT = 20;
/** Ordinals and counts come as numbers, as they do from SQLite: there are none beyond the safe integers. */
const types = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === BIGINT ? Number : pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
};

/**
 * A machine that vanishes, or a network that goes silent, is noticed on both sides within seconds and not within hours:
 * what it had under way holds locks that all others wait for.
 */
const NOTICED_AT_SERVER = {
  tcp_keepalives_idle: 3,
  tcp_keepalives_interval: 1,
  tcp_keepalives_count: 3,
  tcp_user_timeout: 10_000,
};
const NOTICED_HERE_AFTER = 3_000;

/**
 * What every connection is opened with.
 * @param settings of the server, for this connection
 */
export const connectionTo = (
  address: PostgresAddress,
  settings: Readonly<Record<string, string | number>> = {},
): Pick<pg.ClientConfig, 'connectionString' | 'types' | 'keepAlive' | 'keepAliveInitialDelayMillis' | 'options'> => ({
  connectionString: withPassword(address),
  types,
  keepAlive: true,
  keepAliveInitialDelayMillis: NOTICED_HERE_AFTER,
  options: Object.entries({ ...NOTICED_AT_SERVER, ...settings }).map(([name, value]) => `-c ${name}=${value}`).join(' '),
});

/** The driver takes no password beside an address, so it goes into it. */
export function withPassword({ url, passwordFile }: PostgresAddress): string {
  if (passwordFile === undefined) return url;
  const address = new URL(url);
  address.password = encodeURIComponent(readFileSync(passwordFile, 'utf8').replace(/\r?\n$/, ''));
  return address.href;
}

/** Classes of SQLSTATE: connection, authorisation, no such database, too many connections, ended or timed out by the server. */
const AWAY = /^(?:08...|28...|3D000|53300|57...)$/;
/** As Node and the driver say it. */
const NO_CONNECTION = /^E[A-Z]{3,}$/;
const DRIVER = /^(?:timeout expired|timeout exceeded when trying to connect|Connection terminated|Query read timeout|Client .+ not queryable)/;

/** Whether the database is not there for us, whatever was asked of it. */
export function isAway(error: unknown): boolean {
  const { code = '', message = '' } = (error ?? {}) as { code?: string; message?: string };
  return AWAY.test(code) || NO_CONNECTION.test(code) || DRIVER.test(message);
}
