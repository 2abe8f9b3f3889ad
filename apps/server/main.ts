import { ConfigurationError, readConfig, signInOf } from './config.js';
import { DirectoryInUseError } from './data-directory.js';
import { engineOptions, openEngine } from './engine.js';
import { createLog } from './operations/log.js';
import { Measures } from './operations/measures.js';
import { createServer } from './server.js';

/** Requests under way get this long to end, milliseconds. */
const STOP_WITHIN = 10_000;

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = createLog(config.LOG_LEVEL);
  const measures = new Measures();
  const engine = await openEngine({ ...engineOptions(config), instrument: (store) => measures.timed(store) });
  const app = await createServer({ engine, signIn: signInOf(process.env, engine.mode), log, measures });
  await app.listen(config.PORT, config.HOST);
  const address = await app.getUrl();
  log.info({ address, mode: engine.mode, clock: engine.clock.now() }, 'open');
  process.stdout.isTTY && process.stdout.write(`Throughcare is open at ${address}\n`);

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
