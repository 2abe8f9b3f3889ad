import { ConfigurationError, readConfig, signInOf } from './config.js';
import { DirectoryInUseError } from './data-directory.js';
import { engineOptions, openEngine } from './engine.js';
import { createLog } from './operations/log.js';
import { Measures } from './operations/measures.js';
import { createServer } from './server.js';
import { simulate } from './simulate.js';

/** The demo's sixteen pilots: small enough to be there in seconds, large enough for figures. */
const DEMO = { seed: 2009, people: 640, opening: true } as const;

/** Requests under way get this long to end, milliseconds. */
const STOP_WITHIN = 10_000;

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = createLog(config.LOG_LEVEL);
  const measures = new Measures();
  const engine = await openEngine({
    ...engineOptions(config),
    instrument: (store) => measures.timed(store),
    // A new demo opens on two years of made-up history, always the same (DESIGN 9). A live store begins empty.
    seed: async (fresh) => {
      if (!fresh.synthetic) return;
      log.info('a new demo: two simulated years are being written');
      const { events, people } = await simulate(fresh, DEMO);
      log.info({ events, people }, 'simulated');
    },
  });
  const app = await createServer({ engine, signIn: signInOf(process.env, engine.mode), log, measures });
  await app.listen(config.PORT, config.HOST);
  const address = await app.getUrl();
  log.info({ address, mode: engine.mode, clock: engine.clock.now() }, 'open');
  if (process.stdout.isTTY) process.stdout.write(`Throughcare is open at ${address}\n`);

  let stopping = false;
  const stop = (signal: string) => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'stopping');
    setTimeout(() => process.exit(1), STOP_WITHIN).unref();
    void app.close().then(() => engine.close()).then(() => log.info('stopped'));
  };
  process.once('SIGTERM', stop).once('SIGINT', stop);
}

main().catch((error: unknown) => {
  const expected = error instanceof ConfigurationError || error instanceof DirectoryInUseError;
  process.stderr.write(`${expected ? error.message : String((error as Error).stack)}\n`);
  process.exitCode = expected ? 2 : 1;
});
