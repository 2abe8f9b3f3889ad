/** Generations in a directory: a file each, and a pointer file. */
import { pause } from '../backoff.js';
import { ProjectorBusyError, type Generations, type Standby } from '../generations.js';
import { SqliteBuild } from './build.js';
import { GenerationFiles } from './files.js';
import { SqliteGeneration } from './generation.js';
import { atOneMoment, trial } from './moment.js';

export function sqliteGenerations(directory: string): Generations {
  const files = new GenerationFiles(directory);
  return {
    async lock(_onLost, standby) {
      const { release } = await inTurn(() => files.lock(), standby);
      return { release: async () => release() };
    },
    current: async () => files.current(),
    freeName: async (generation) => files.freeName(generation),
    create: async (name, set) => new SqliteBuild(files.buildingPath(name), set),
    finish: async (name) => files.finish(name),
    open: async (name) => new SqliteGeneration(files.path(name)),
    pointTo: async (name) => files.pointTo(name),
    atOneMoment: (name, set, work) => atOneMoment(files, name, set, work),
    trial: (set, fill) => trial(files, set, fill),
    remove: async (name) => files.remove(name),
    sweep: async (keep) => files.sweep(keep),
    async close() {},
  };
}

/** How soon a projector that has ended is succeeded by one that stands by, milliseconds: a file does not call. */
const ASK_AGAIN = 2_000;

async function inTurn<T>(take: () => T, standby: Standby | undefined): Promise<T> {
  for (let isFirst = true; ; isFirst = false) {
    try {
      return take();
    } catch (error) {
      if (!standby || standby.signal.aborted || !(error instanceof ProjectorBusyError)) throw error;
      if (isFirst) standby.onWaiting(error);
      await pause(ASK_AGAIN, standby.signal);
    }
  }
}
