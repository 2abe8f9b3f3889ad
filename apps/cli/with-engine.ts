import { availableParallelism } from 'node:os';
import type { RebuildPlan } from '#projections';
import { readModels } from '../server/catalogue.js';
import { engineOptions, openEngine, projectionSetup, type Engine, type EngineOptions } from '../server/engine.js';
import { readConfig } from '../server/config.js';

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
export const rebuildOf = ({ store: reader, registry, readModelsPlace, storeAddress }: Engine): RebuildPlan => ({
  ...readModelsPlace,
  reader,
  registry,
  readModels,
  ...(availableParallelism() > 1 && { helper: projectionSetup(storeAddress) }),
});

/** Waits until the read models include everything that is in the log now. */
export async function caughtUp({ store, projector }: Engine, onProgress: (behind: number) => void): Promise<void> {
  const { position } = await store.head();
  if (!projector || position === undefined) return;
  const watch = setInterval(() => onProgress(projector.freshness()?.eventsBehind ?? 0), 500);
  try {
    while (!(await projector.waitFor(position, 60_000))) {
      const { state, problem } = projector.status();
      if (state === 'stopped') throw new Error(`the read models stopped: ${problem ?? 'see throughcare doctor'}`);
    }
  } finally {
    clearInterval(watch);
  }
}
