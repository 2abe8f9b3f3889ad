/** Everything that can be set from outside: environment variables, in one table, checked before anything starts. */
import { accessSync, constants } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import { SignInSettingsError, signInSettings, type SignInSettings } from '#access';
import type { PostgresAddress } from '#database';
import { AddressError, readEventStoreDbAddress, type EventStoreDbAddress } from '#event-store';
import { allRoles, readRoles } from './roles.js';
import { readSubscriptions, SubscriptionsError, type Subscription } from '#reactions';

interface Setting<T> {
  readonly words: string;
  readonly values: string;
  /** As text; absent where unset means something of its own. */
  readonly fallback?: string;
  /** @throws Error saying what would be right */
  read(text: string): T;
}

const oneOf = <const V extends string>(...values: readonly V[]) => ({
  values: values.join(', '),
  read(text: string): V {
    const found = values.find((value) => value === text);
    if (!found) throw new Error(`is one of ${values.join(', ')}`);
    return found;
  },
});

const integer = (min: number, max: number) => ({
  values: `${min} to ${max}`,
  read(text: string): number {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < min || value > max) throw new Error(`is a number from ${min} to ${max}`);
    return value;
  },
});

const directory = {
  values: 'a path',
  read: (text: string): string => (isAbsolute(text) ? text : resolve(process.cwd(), text)),
};

const words = { values: 'text', read: (text: string): string => text };

const address = {
  values: 'an address',
  read(text: string): string {
    if (!URL.canParse(text)) throw new Error('is an address, like https://sign-in.example');
    return text;
  },
};

const whatItDoes = { values: '`all`, or some of `api`, `web`, `projector` with commas between', read: readRoles };

const cluster = {
  values: '`esdb://a:2113,b:2113,c:2113` or `esdb+discover://name:2113`',
  read(text: string): string {
    readEventStoreDbAddress({ connectionString: text });
    return text;
  },
};

const postgresAddress = {
  values: '`postgres://user@host:5432/database`',
  read(text: string): string {
    if (!/^postgres(?:ql)?:\/\//.test(text) || !URL.canParse(text)) throw new Error('is an address like postgres://user@host:5432/database');
    return text;
  },
};

export const settings = {
  THROUGHCARE_DATA: { words: 'The data directory; made where it is not there', fallback: 'data', ...directory },
  THROUGHCARE_KEYS: { words: 'The keys, to be backed up apart; `keys` in the data directory when unset', ...directory },
  THROUGHCARE_MODE: {
    words: 'What a new store becomes, for ever: `demo` when unset. Another mode than the store has is refused',
    ...oneOf('demo', 'live'),
  },
  THROUGHCARE_STORE: { words: 'Where events are kept', fallback: 'sqlite', ...oneOf('sqlite', 'eventstoredb') },
  EVENTSTOREDB_URL: { words: 'The node or the nodes, where `THROUGHCARE_STORE` is `eventstoredb`', ...cluster },
  EVENTSTOREDB_CA_FILE: { words: 'Who vouches for the nodes, as PEM; those that Node knows when unset', ...directory },
  EVENTSTOREDB_USER: { words: 'The user name there', ...words },
  EVENTSTOREDB_PASSWORD_FILE: { words: 'A file with the password there', ...directory },
  EVENTSTOREDB_PASSWORD: { words: 'The password itself, where no file can be had', ...words },
  THROUGHCARE_POSTGRES_URL: {
    words: 'A PostgreSQL database for read models, names, sessions, the access log and the outbox; files in the data directory when unset',
    ...postgresAddress,
  },
  THROUGHCARE_POSTGRES_PASSWORD_FILE: { words: 'A file with the password there', ...directory },
  THROUGHCARE_ROLES: {
    words: 'What this process does of what several share; parts need EventStoreDB and PostgreSQL',
    fallback: 'all',
    ...whatItDoes,
  },
  PORT: { words: 'The port', fallback: '3000', ...integer(0, 65535) },
  HOST: { words: 'The address to listen on', fallback: 'localhost', ...words },
  LOG_LEVEL: { words: 'What is logged', fallback: 'info', ...oneOf('silent', 'error', 'warn', 'info', 'debug') },
  THROUGHCARE_WEBHOOKS: {
    words: 'Whom to tell outside: a JSON file, see docs/webhooks.md; nobody when unset',
    ...directory,
  },
  NODE_ENV: {
    words: '`production` demands a real identity provider, as a live store does',
    fallback: 'development',
    ...words,
  },
  OIDC_ISSUER: { words: 'The identity provider; the development provider when unset', ...address },
  OIDC_CLIENT_ID: { words: 'Our id there', ...words },
  OIDC_CLIENT_SECRET: { words: 'Our secret there', ...words },
  OIDC_SCOPE: { words: 'What we ask of it', fallback: 'openid profile', ...words },
} as const satisfies Record<string, Setting<unknown>>;

type Settings = typeof settings;
type Read<K extends keyof Settings> = ReturnType<Settings[K]['read']>;

export type Config = {
  readonly [K in keyof Settings]: Settings[K] extends { fallback: string } ? Read<K> : Read<K> | undefined;
};

export class ConfigurationError extends Error {}

type Environment = Readonly<Record<string, string | undefined>>;

/** @throws ConfigurationError naming every variable that is wrong, never its value: it may be a secret */
export function readConfig(env: Environment): Config {
  const wrong: string[] = [];
  const config: Record<string, unknown> = {};
  for (const [name, setting] of Object.entries<Setting<unknown>>(settings)) {
    const text = env[name] || setting.fallback;
    try {
      config[name] = text === undefined ? undefined : setting.read(text);
    } catch (error) {
      wrong.push(`${name} ${(error as Error).message}`);
    }
  }
  if (config['THROUGHCARE_STORE'] === 'eventstoredb' && !config['EVENTSTOREDB_URL']) {
    wrong.push('EVENTSTOREDB_URL is needed where THROUGHCARE_STORE is eventstoredb');
  }
  wrong.push(...wrongWithPostgres(config), ...wrongWithRoles(config));
  if (wrong.length > 0) throw new ConfigurationError(wrong.join('\n'));
  checkEventStoreDb(config as Config);
  return config as Config;
}

function* wrongWithPostgres(config: Readonly<Record<string, unknown>>): Generator<string> {
  const { THROUGHCARE_POSTGRES_URL: url, THROUGHCARE_POSTGRES_PASSWORD_FILE: file } = config;
  if (file === undefined) return;
  if (typeof url !== 'string') yield 'THROUGHCARE_POSTGRES_PASSWORD_FILE is of no use without THROUGHCARE_POSTGRES_URL';
  else if (new URL(url).password) yield 'THROUGHCARE_POSTGRES_URL has a password in it and THROUGHCARE_POSTGRES_PASSWORD_FILE another';
  try {
    accessSync(file as string, constants.R_OK);
  } catch {
    yield 'THROUGHCARE_POSTGRES_PASSWORD_FILE cannot be read';
  }
}

/** Parts meet in what they share, and a file is open in one process. */
function* wrongWithRoles(config: Readonly<Record<string, unknown>>): Generator<string> {
  if (config['THROUGHCARE_ROLES'] === allRoles) return;
  if (config['THROUGHCARE_STORE'] !== 'eventstoredb') yield 'THROUGHCARE_ROLES other than all need THROUGHCARE_STORE=eventstoredb';
  if (config['THROUGHCARE_POSTGRES_URL'] === undefined) yield 'THROUGHCARE_ROLES other than all need THROUGHCARE_POSTGRES_URL';
}

/** Where events are kept in EventStoreDB, and as whom; undefined where they are not. */
export const eventStoreDbOf = (config: Config): EventStoreDbAddress | undefined =>
  config.THROUGHCARE_STORE === 'eventstoredb' && config.EVENTSTOREDB_URL
    ? { connectionString: config.EVENTSTOREDB_URL, ...eventStoreDbAccess(config) }
    : undefined;

/** The PostgreSQL database, and as whom; undefined where there is none. */
export const postgresOf = (config: Config): PostgresAddress | undefined =>
  config.THROUGHCARE_POSTGRES_URL === undefined
    ? undefined
    : { url: config.THROUGHCARE_POSTGRES_URL, passwordFile: config.THROUGHCARE_POSTGRES_PASSWORD_FILE };

/** How we show ourselves to EventStoreDB, and it to us, at whatever address. */
export const eventStoreDbAccess = (config: Config): Omit<EventStoreDbAddress, 'connectionString'> => ({
  user: config.EVENTSTOREDB_USER,
  password: config.EVENTSTOREDB_PASSWORD,
  passwordFile: config.EVENTSTOREDB_PASSWORD_FILE,
  caFile: config.EVENTSTOREDB_CA_FILE,
});

function checkEventStoreDb(config: Config): void {
  const address = eventStoreDbOf(config);
  try {
    if (address) readEventStoreDbAddress(address);
  } catch (error) {
    if (!(error instanceof AddressError)) throw error;
    throw new ConfigurationError(`EVENTSTOREDB_URL, with what belongs to it, ${error.message}`, { cause: error });
  }
}

/**
 * How people sign in. A live store holds real people, so it is production whatever `NODE_ENV` says.
 * @throws ConfigurationError
 */
export function signInOf(env: Environment, mode: 'demo' | 'live'): SignInSettings {
  try {
    return signInSettings(mode === 'live' ? { ...env, NODE_ENV: 'production' } : env);
  } catch (error) {
    if (error instanceof SignInSettingsError) throw new ConfigurationError(error.message, { cause: error });
    throw error;
  }
}

/** @throws ConfigurationError */
export function webhooksOf(
  { THROUGHCARE_WEBHOOKS: file }: Config,
  knownTypes: readonly string[],
): readonly Subscription[] {
  try {
    return file === undefined ? [] : readSubscriptions(file, knownTypes);
  } catch (error) {
    if (!(error instanceof SubscriptionsError)) throw error;
    throw new ConfigurationError(`THROUGHCARE_WEBHOOKS: the file ${error.message}`, { cause: error });
  }
}

/** docs/configuration.md */
export const configurationPage = (): string =>
  [
    '# Configuration',
    '',
    'Generated from `apps/server/config.ts` by `npm run docs`. Everything is an environment variable, and everything',
    'is checked before the server starts. `npx throughcare doctor` explains what is wrong.',
    '',
    '| variable | what it says | values | when unset |',
    '|---|---|---|---|',
    ...Object.entries<Setting<unknown>>(settings).map(
      ([name, { words: says, values, fallback }]) =>
        `| \`${name}\` | ${says} | ${values} | ${fallback ? `\`${fallback}\`` : ''} |`,
    ),
    '',
  ].join('\n');
