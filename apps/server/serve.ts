import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DatabaseUnavailableError, NewerDatabaseError } from '#database';
import { StoreUnavailableError } from '#event-store';
import { KeyMissingError, WrongMasterKeyError } from '#people';
import { ReadModelsUnavailableError } from '#projections';
import { eventRegistry } from './catalogue.js';
import { ConfigurationError, eventStoreDbOf, postgresOf, readConfig, signInOf, webhooksOf, type Config } from './config.js';
import { DirectoryInUseError } from './data-directory.js';
import { engineOptions, openEngine, type Engine } from './engine.js';
import { createLog } from './operations/log.js';
import { Measures } from './operations/measures.js';
import { eventStoreDbNeeded, postgresNeeded, ServerAwayError, serversThere } from './reach/servers-there.js';
import { startReactions, type Reactions } from './reactions.js';
import type * as Server from './server.js';

/** The demo's sixteen pilots: small enough to be there in seconds, large enough for figures. */
const DEMO = { seed: 2009, people: 640, opening: true } as const;

/** Requests under way get this long to end, milliseconds. */
const STOP_WITHIN = 10_000;

type Opening = Omit<Server.ServerOptions, 'signIn'> & {
  readonly server: Promise<typeof Server>;
  readonly signIn: () => Server.ServerOptions['signIn'];
};

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const eventTypes = eventRegistry()
    .all()
    .map(({ type }) => type);
  const subscriptions = webhooksOf(config, eventTypes);
  const log = createLog(config.LOG_LEVEL);
  const measures = new Measures();
  // Nest and the pages are loaded while the log's threads come up.
  const server = import('./server.js');
  // Nothing is under way yet that would have to end; and by itself Node takes no notice as the first process of a container.
  const leave = () => process.exit(0);
  process.once('SIGTERM', leave).once('SIGINT', leave);
  await serversThere(neededBy(config), (words) => log.warn(words));
  process.off('SIGTERM', leave).off('SIGINT', leave);
  const engine = await openEngine({
    ...engineOptions(config),
    instrument: (store, log) => measures.timed(store, log),
    // A new demo opens on two years of made-up history, always the same (DESIGN 9). A live store begins empty.
    seed: async (fresh) => {
      if (!fresh.synthetic) return;
      log.info('a new demo: two simulated years are being written');
      const { simulate } = await import('./simulate.js');
      const { events, people } = await simulate(fresh, DEMO);
      log.info({ events, people }, 'simulated');
    },
  });
  const reactions = engine.projectsHere ? startReactions(engine, log, subscriptions) : undefined;
  const signIn = () => signInOf(process.env, engine.mode);
  const app = await open({ server, engine, roles: config.THROUGHCARE_ROLES, signIn, log, measures, reactions }, config);
  const address = await app.getUrl();
  log.info({ address, mode: engine.mode, clock: engine.clock.now() }, 'open');
  if (process.stdout.isTTY) process.stdout.write(`Throughcare is open at ${address}\n`);

  let stopping = false;
  const stop = (signal: string) => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'stopping');
    setTimeout(() => process.exit(1), STOP_WITHIN).unref();
    void app
      .close()
      .then(() => shut(engine, reactions))
      .then(() => log.info('stopped'));
  };
  process.once('SIGTERM', stop).once('SIGINT', stop);
}

function neededBy(config: Config) {
  const [eventStoreDb, postgres] = [eventStoreDbOf(config), postgresOf(config)];
  return [...(eventStoreDb ? [eventStoreDbNeeded(eventStoreDb)] : []), ...(postgres ? [postgresNeeded(postgres)] : [])];
}

/** The engine's own work ends before what it works on. */
async function shut(engine: Engine, reactions: Reactions | undefined): Promise<void> {
  await reactions?.stop();
  await engine.close();
}

/** Listening, or everything closed again: a server that cannot open must end, not linger with the store locked. */
async function open(
  { server, engine, signIn, ...rest }: Opening,
  { PORT, HOST }: Config,
): Promise<NestFastifyApplication> {
  try {
    const { createServer } = await server;
    const app = await createServer({ engine, signIn: signIn(), ...rest });
    await app.listen(PORT, HOST);
    return app;
  } catch (error) {
    await shut(engine, rest.reactions);
    throw error;
  }
}

/** Told in words; anything else is a bug, told with where it comes from. */
const expected = [
  ConfigurationError, DirectoryInUseError, DatabaseUnavailableError, KeyMissingError, NewerDatabaseError, ReadModelsUnavailableError,
  ServerAwayError, StoreUnavailableError, WrongMasterKeyError,
];

main().catch((error: unknown) => {
  const isExpected = expected.some((kind) => error instanceof kind);
  process.stderr.write(`${isExpected ? (error as Error).message : String((error as Error).stack)}\n`);
  process.exitCode = isExpected ? 2 : 1;
});
