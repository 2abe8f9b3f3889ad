/** Test support: an organisation's processes on one EventStoreDB and one PostgreSQL, each in a role of its own. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRevokedSessions, personaOf, Sessions, type PersonaId } from '#access';
import { postgresPlace } from '#database';
import { eventsUntil, openEventStoreDb } from '#event-store';
import { systemClock, type RecordedEvent } from '#kernel';
import { loadKey } from '#people';
import { startServer, type StartedServer } from '../../libs/event-store/eventstoredb/server.js';
import { findOwnPostgres, type StartedPostgres } from './postgres.js';
import { Product, throughcare } from './product.js';
import type { Relay } from './relay.js';

export interface Servers {
  readonly eventStoreDb: StartedServer;
  readonly postgres: StartedPostgres;
}

/** Both of our own, since both are mistreated. */
export async function findServers(): Promise<Servers | { readonly leftOut: string }> {
  const [eventStoreDb, postgres] = await Promise.all([startServer(), findOwnPostgres()]);
  if (!('leftOut' in eventStoreDb) && !('leftOut' in postgres)) return { eventStoreDb, postgres };
  const reasons: string[] = [];
  for (const server of [eventStoreDb, postgres]) {
    if ('leftOut' in server) reasons.push(server.leftOut);
    else await server.stop();
  }
  return { leftOut: reasons.join('; ') };
}

export const stopServers = ({ eventStoreDb, postgres }: Servers): Promise<unknown> => Promise.all([eventStoreDb.stop(), postgres.stop()]);

/** For a suite that needs several of them, one after the other. */
export async function whyNoServers(): Promise<string | undefined> {
  const servers = await findServers();
  if ('leftOut' in servers) return servers.leftOut;
  await stopServers(servers);
  return undefined;
}

export class Organisation {
  private readonly products: Product[] = [];
  private asked = 0;

  private constructor(
    private readonly folder: string,
    readonly connectionString: string,
    readonly database: string,
    private readonly settings: NodeJS.ProcessEnv = {},
  ) {}

  /** Nothing in either yet, and live, so that no demo is written: of a provider only the address is asked for at a start. */
  static async unfounded({ eventStoreDb, postgres }: Servers): Promise<Organisation> {
    const { url } = await postgres.database();
    const folder = mkdtempSync(join(tmpdir(), 'throughcare-organisation-'));
    return new Organisation(folder, eventStoreDb.connectionString, url, {
      THROUGHCARE_MODE: 'live', OIDC_ISSUER: 'https://sign-in.example', OIDC_CLIENT_ID: 'throughcare-web', OIDC_CLIENT_SECRET: 'not asked for',
    });
  }

  /** With three people: a store that is there is not filled with a demo's two years. */
  static async found({ eventStoreDb, postgres }: Servers): Promise<Organisation> {
    const { url } = await postgres.database();
    const folder = mkdtempSync(join(tmpdir(), 'throughcare-organisation-'));
    const organisation = new Organisation(folder, eventStoreDb.connectionString, url);
    const { code } = await organisation.throughcare('import', 'fhir', 'samples/fhir');
    if (code !== 0) throw new Error(`the import ended with ${code}`);
    return organisation;
  }

  private get env(): NodeJS.ProcessEnv {
    return {
      THROUGHCARE_STORE: 'eventstoredb',
      EVENTSTOREDB_URL: this.connectionString,
      THROUGHCARE_POSTGRES_URL: this.database,
      THROUGHCARE_KEYS: join(this.folder, 'keys'),
      ...this.settings,
    };
  }

  /** What tells a process its servers, each by way of the relay that is given. */
  by(relays: { readonly eventStoreDb?: Relay; readonly postgres?: Relay }): NodeJS.ProcessEnv {
    return {
      EVENTSTOREDB_URL: relays.eventStoreDb?.of(this.connectionString) ?? this.connectionString,
      THROUGHCARE_POSTGRES_URL: relays.postgres?.of(this.database) ?? this.database,
    };
  }

  /** One more process, with a data directory of its own; ready. */
  async process(roles: string, more: NodeJS.ProcessEnv = {}, withinMs?: number): Promise<Product> {
    const product = await Product.on(join(this.folder, `${roles}-${++this.asked}`), { ...this.env, THROUGHCARE_ROLES: roles, ...more });
    this.products.push(product);
    await product.start(withinMs);
    return product;
  }

  /** Two for programs and one for pages. */
  async serving(more: NodeJS.ProcessEnv = {}): Promise<{ readonly apis: [Product, Product]; readonly web: Product }> {
    const [one, other, web] = await Promise.all([this.process('api', more), this.process('api', more), this.process('web', more)]);
    return { apis: [one, other], web };
  }

  /** The process that was asked for last, ready or not. */
  last(): Product {
    return this.products.at(-1)!;
  }

  throughcare(...args: string[]): ReturnType<typeof throughcare> {
    return throughcare(join(this.folder, 'command-line'), args, this.env);
  }

  async token(persona: PersonaId): Promise<string> {
    return (await this.throughcare('token', persona)).last;
  }

  /** What a browser holds after signing in; good at every process. */
  async cookie(persona: PersonaId): Promise<string> {
    const place = await postgresPlace({ url: this.database });
    const revoked = await openRevokedSessions(place);
    const sessions = new Sessions({ secret: loadKey(join(this.folder, 'keys'), 'sign-in'), revoked, clock: systemClock });
    const { setCookie } = await sessions.start(personaOf(persona)!, false);
    await revoked.close();
    await place.close();
    return setCookie.split(';', 1)[0]!;
  }

  async events(): Promise<readonly RecordedEvent[]> {
    const store = await openEventStoreDb({ connectionString: this.connectionString });
    try {
      const events: RecordedEvent[] = [];
      for await (const event of eventsUntil(store, (await store.head()).position)) events.push(event);
      return events;
    } finally {
      await store.close();
    }
  }

  /** Whether what is served equals a rebuild. */
  async verified(): Promise<{ readonly equal: boolean; readonly ordinal: number }> {
    return JSON.parse((await this.throughcare('verify', '--read-models', '--json')).last) as { equal: boolean; ordinal: number };
  }

  async close(): Promise<void> {
    for (const product of this.products) product.thaw();
    await Promise.all(this.products.map((product) => product.kill()));
    rmSync(this.folder, { recursive: true, force: true });
  }
}
