/** `throughcare rebuild`: every read model anew from the log, timed. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { buildGeneration, type Built, type BulkOptions } from './bulk.js';
import { checksumOf } from './checksum.js';
import { keepYoungSmall } from './collect-garbage.js';
import type { ReadModel } from './definition.js';
import { modelSet, type ModelSet } from './model-set.js';
import { SqliteBuild } from './sqlite/build.js';
import { GenerationFiles } from './sqlite/files.js';
import { rowsOf } from './sqlite/read-rows.js';

export interface RebuildOptions extends Omit<BulkOptions, 'into' | 'set'> {
  readonly directory: string;
  readonly readModels: readonly ReadModel[];
  /** Serve what was built in place of what is served; else it is thrown away once measured. */
  readonly serve: boolean;
}

export interface Rebuilt {
  readonly events: number;
  /** Until the file is whole, flushed and ready to be served. */
  readonly seconds: number;
  readonly eventsPerSecond: number;
  /** Over logical columns (see `Checksum`). */
  readonly checksum: string;
  readonly history: string;
}

/** @throws ProjectorBusyError when `serve` is wanted while a projector runs */
export async function rebuild(options: RebuildOptions): Promise<Rebuilt> {
  keepYoungSmall();
  const files = new GenerationFiles(options.directory);
  const set = modelSet(options.readModels);
  if (!options.serve) {
    const aside = files.aside();
    try {
      const path = join(aside, 'rebuilt.db');
      return await measured(path, set, await timed(() => buildGeneration({ ...options, into: new SqliteBuild(path, set), set })));
    } finally {
      rmSync(aside, { recursive: true, force: true });
    }
  }
  const lock = files.lock();
  try {
    const before = files.current();
    files.sweep(before === undefined ? [] : [before]);
    const name = files.freeName(set.id);
    const built = await timed(async () => {
      const result = await buildGeneration({ ...options, into: new SqliteBuild(files.buildingPath(name), set), set });
      files.finish(name);
      return result;
    });
    files.pointTo(name);
    if (before !== undefined) files.remove(before);
    return await measured(files.path(name), set, built);
  } finally {
    lock.release();
  }
}

async function timed(work: () => Promise<Built>): Promise<{ events: number; seconds: number }> {
  const started = performance.now();
  const { events } = await work();
  return { events, seconds: (performance.now() - started) / 1000 };
}

async function measured(path: string, set: ModelSet, { events, seconds }: { events: number; seconds: number }): Promise<Rebuilt> {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const { checksum, history } = await checksumOf(rowsOf(database), set);
    return { events, seconds, eventsPerSecond: Math.round(events / seconds), checksum, history };
  } finally {
    database.close();
  }
}
