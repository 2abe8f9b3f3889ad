/** Builds, follows and looks into generations for the tests of the engine. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventReader, EventStore } from '#event-store';
import type { RecordedEvent } from '#kernel';
import { buildGeneration, type BulkOptions } from '../bulk.js';
import type { ReadModel } from '../definition.js';
import type { Generation, Generations } from '../generations.js';
import { LiveGeneration } from '../live.js';
import { modelSet } from '../model-set.js';
import { quoted } from '../sql.js';
import { SqliteBuild } from '../sqlite/build.js';
import { GenerationDb } from '../sqlite/generation-db.js';
import { sampleEvent, sampleModels, sampleRegistry, type Sample } from './sample.js';

export async function inDirectory<T>(work: (directory: string) => Promise<T>): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), 'projections-'));
  try {
    return await work(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Appends samples, numbered on from what is there. */
export async function appendSamples(store: EventStore, samples: readonly Sample[], from = 1): Promise<void> {
  for (const [i, sample] of samples.entries()) await store.append(sample.stream, 'any', [sampleEvent(from + i, sample)]);
}

export async function allEvents(reader: EventReader): Promise<readonly RecordedEvent[]> {
  return (await reader.readAll({ limit: 1_000_000 })).events;
}

export interface BuildOptions extends Omit<BulkOptions, 'set' | 'registry'> {
  readonly models?: readonly ReadModel[];
}

export const sqliteFile = (path: string) => new SqliteBuild(path, modelSet(sampleModels));

export const build = ({ models = sampleModels, ...options }: BuildOptions) =>
  buildGeneration({ ...options, set: modelSet(models), registry: sampleRegistry });

/** A finished generation of that name. */
export async function buildIn(generations: Generations, name: string, options: Omit<BuildOptions, 'into'>) {
  const built = await build({ ...options, into: await generations.create(name, modelSet(options.models ?? sampleModels)) });
  await generations.finish(name);
  return built;
}

export const openLive = (generation: Generation, reader: EventReader, cachedEvents = 50_000) =>
  LiveGeneration.open({ generation, set: modelSet(sampleModels), reader, registry: sampleRegistry, cachedEvents });

/** What is in a file: every row of every table, in an order of their own. */
export function contents(path: string): Readonly<Record<string, readonly string[]>> {
  const db = GenerationDb.open(path);
  try {
    const names = db.database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").all();
    return Object.fromEntries(
      names.map(({ name }) => [
        name as string,
        db.database.prepare(`SELECT * FROM ${quoted(name as string)}`).all().map((row) => JSON.stringify(row)).sort(),
      ]),
    );
  } finally {
    db.close();
  }
}
