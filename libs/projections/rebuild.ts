/** `throughcare rebuild`: every read model anew from the log, timed. */
import type { EventReader } from '#event-store';
import { buildGeneration, type Built, type BulkOptions } from './bulk.js';
import type { Checksum } from './checksum.js';
import type { ReadModel } from './definition.js';
import type { Generations } from './generations.js';
import { modelSet } from './model-set.js';
import { generationsAt, type ReadModelsPlace } from './place.js';
import { keepYoungSmall } from './young-generation.js';

export interface RebuildSettings extends Omit<BulkOptions, 'into' | 'set' | 'reader'> {
  readonly reader: EventReader;
  readonly readModels: readonly ReadModel[];
  /** Serve what was built in place of what is served; else it is thrown away once measured. */
  readonly serve: boolean;
}

export type RebuildOptions = RebuildSettings & ReadModelsPlace;

/** All but whether what is built is served. */
export type RebuildPlan = Omit<RebuildSettings, 'serve'> & ReadModelsPlace;

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
  const generations = await generationsAt(options, options.reader);
  try {
    return await rebuildIn(generations, options);
  } finally {
    await generations.close();
  }
}

/** @throws ProjectorBusyError when `serve` is wanted while a projector runs */
export async function rebuildIn(generations: Generations, options: RebuildSettings): Promise<Rebuilt> {
  // Beside the clients of two servers what it saves in memory is not worth what it costs: a sixth more of processor.
  if (options.reader.partsAreCheap) keepYoungSmall();
  const set = modelSet(options.readModels);
  let built = { events: 0, seconds: 0 };
  if (!options.serve) {
    const checksum = await generations.trial(set, async (into) => {
      built = await timed(() => buildGeneration({ ...options, into, set }));
    });
    return rebuilt(built, checksum);
  }
  let isLost = false;
  const lock = await generations.lock(() => (isLost = true));
  try {
    const before = await generations.current();
    await generations.sweep(before === undefined ? [] : [before]);
    const name = await generations.freeName(set.id);
    built = await timed(async () => {
      const result = await buildGeneration({ ...options, into: await generations.create(name, set), set });
      await generations.finish(name);
      return result;
    });
    if (isLost) throw new Error('the lock was lost while the read models were built; what was served before still is');
    await generations.pointTo(name);
    if (before !== undefined) await generations.remove(before);
    return rebuilt(built, await generations.atOneMoment(name, set, (moment) => moment.checksum()));
  } finally {
    await lock.release();
  }
}

async function timed(work: () => Promise<Built>): Promise<{ events: number; seconds: number }> {
  const started = performance.now();
  const { events } = await work();
  return { events, seconds: (performance.now() - started) / 1000 };
}

const rebuilt = ({ events, seconds }: { events: number; seconds: number }, { checksum, history }: Checksum): Rebuilt => (
  { events, seconds, eventsPerSecond: Math.round(events / seconds), checksum, history }
);
