/** Generations in a directory: a file each, and a pointer file. */
import type { Generations } from '../generations.js';
import { SqliteBuild } from './build.js';
import { GenerationFiles } from './files.js';
import { SqliteGeneration } from './generation.js';
import { atOneMoment, trial } from './moment.js';

export function sqliteGenerations(directory: string): Generations {
  const files = new GenerationFiles(directory);
  return {
    async lock() {
      const { release } = files.lock();
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
