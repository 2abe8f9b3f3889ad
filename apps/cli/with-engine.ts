import { engineOptions, openEngine, type Engine, type EngineOptions } from '../server/engine.js';
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
