/** Generations in a directory: a file each, and a pointer file. */
import { DatabaseSync } from 'node:sqlite';
import { checksumOf, type Checksum } from '../checksum.js';
import type { Generations } from '../generations.js';
import type { ModelSet } from '../model-set.js';
import { SqliteBuild } from './build.js';
import { GenerationFiles } from './files.js';
import { SqliteGeneration } from './generation.js';
import { rowsOf } from './read-rows.js';

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
    checksum: (name, set) => checksumOfFile(files.path(name), set),
    remove: async (name) => files.remove(name),
    sweep: async (keep) => files.sweep(keep),
    async close() {},
  };
}

async function checksumOfFile(path: string, set: ModelSet): Promise<Checksum> {
  const database = new DatabaseSync(path, { readOnly: true, timeout: 5_000 });
  try {
    database.exec('BEGIN');
    return await checksumOf(rowsOf(database), set);
  } finally {
    database.close();
  }
}
