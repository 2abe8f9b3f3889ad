import { availableParallelism } from 'node:os';
import { OF_ANOTHER_RELEASE, type Projector, type ProjectorStatus, type RebuildPlan } from '#projections';
import { readModels } from '../server/catalogue.js';
import { engineOptions, openEngine, projectionSetup, type Engine, type EngineOptions } from '../server/engine.js';
import { readConfig } from '../server/config.js';
import { CommandFailed, exit } from './output.js';

/** Opens the engine on the configured data directory, does the work, and closes whatever came of it. */
export async function withEngine<T>(options: Partial<EngineOptions>, work: (engine: Engine) => Promise<T>): Promise<T> {
  const engine = await openEngine({ ...engineOptions(readConfig(process.env)), ...options });
  try {
    return await work(engine);
  } finally {
    await engine.close();
  }
}

/** For a rebuild of what an engine keeps; with a second thread where there is a core for it. */
export const rebuildOf = ({ store: reader, registry, readModelsPlace, storeAddress, file }: Engine): RebuildPlan => ({
  ...readModelsPlace,
  reader,
  registry,
  readModels,
  spoolIn: file('.'),
  ...(availableParallelism() > 1 && { helper: projectionSetup(storeAddress) }),
});

/** Without a step forward for this long, whoever waits is told why, milliseconds. */
const PATIENCE = 300_000;
const LOOK = 500;

interface Followed {
  readonly store: Pick<Engine['store'], 'head'>;
  readonly projector: Pick<Projector, 'freshness' | 'status' | 'waitFor'> | undefined;
}

/**
 * Waits until the read models include everything that is in the log now.
 *
 * @param elapsed milliseconds since whenever
 * @throws CommandFailed where they never will, with the reason and what to do
 */
export async function caughtUp(
  { store, projector }: Followed,
  onProgress: (behind: number) => void,
  { elapsed = () => performance.now() } = {},
): Promise<void> {
  const { position } = await store.head();
  if (!projector || position === undefined) return;
  let [at, since] = [stepOf(projector.status()), elapsed()];
  while (!(await projector.waitFor(position, LOOK))) {
    const status = projector.status();
    const standstill = whyNeverThere(status);
    if (standstill !== undefined) throw notThere(standstill);
    const now = stepOf(status);
    if (now !== at) [at, since] = [now, elapsed()];
    if (elapsed() - since > PATIENCE) throw notThere(status.problem ?? 'nothing has moved; see throughcare doctor');
    onProgress(projector.freshness()?.eventsBehind ?? 0);
  }
}

/** Undefined while they may get there by themselves. */
function whyNeverThere({ state, problem, generations }: ProjectorStatus): string | undefined {
  if (state === 'stopped') return problem ?? 'the projector has ended';
  const own = generations.filter((generation) => generation.problem !== OF_ANOTHER_RELEASE);
  return own.every((generation) => generation.state === 'stopped') ? own.at(-1)?.problem : undefined;
}

/** Differs after each step forward; a crash and another start are none. */
const stepOf = ({ generations }: ProjectorStatus): string =>
  JSON.stringify(generations.map(({ generation, ordinal, building }) => [generation, ordinal, building?.doing, building?.events]));

const notThere = (why: string): CommandFailed =>
  new CommandFailed(
    `the read models do not get any further: ${why}. Everything that was written is in the log; they take it in once that is mended.`,
    exit.failed,
  );
