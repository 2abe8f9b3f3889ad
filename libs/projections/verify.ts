/** Proof that what is served equals a rebuild from the log, and where it does not, since when (DESIGN 3). */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { EventReader } from '#event-store';
import type { EventRegistry } from '#kernel';
import { buildGeneration, type Progress } from './bulk.js';
import { checksumOf } from './checksum.js';
import type { ReadModel, Row } from './definition.js';
import { eventAt } from './log-lookup.js';
import { modelSet, type ModelSet, type TableLayout } from './model-set.js';
import { sameTuple, type Tuple } from './rows.js';
import { SqliteBuild } from './sqlite/build.js';
import { attach, differingKeys, rowOf, versionsByKey, type Version } from './sqlite/compare.js';
import { GenerationFiles } from './sqlite/files.js';
import { checkpointOf, contentsOf } from './sqlite/generation-db.js';
import { rowsOf } from './sqlite/read-rows.js';
import { keyColumns } from './sql.js';

export interface VerifyOptions {
  readonly directory: string;
  readonly reader: EventReader;
  readonly registry: EventRegistry;
  readonly readModels: readonly ReadModel[];
  readonly eventsPerPart?: number;
  readonly onProgress?: (progress: Progress) => void;
}

export interface Difference {
  readonly table: string;
  readonly key: Row;
  /** Since which event the row is not what the log says; undefined where no event yields it. */
  readonly ordinal: number | undefined;
  readonly eventId: string | undefined;
  readonly eventType: string | undefined;
  readonly stream: string | undefined;
  /** The row as served and as rebuilt; null where there is none. */
  readonly live: Row | null;
  readonly rebuilt: Row | null;
}

export interface Verification {
  readonly equal: boolean;
  /** The checkpoint that was verified. */
  readonly ordinal: number;
  readonly checksum: string;
  readonly rebuiltChecksum: string;
  /** Rows that differ, earliest first; at most `DIFFERENCES_SHOWN`. */
  readonly differences: readonly Difference[];
  readonly differenceCount: number;
}

/** No generation is served yet, or one that other versions of the read models made. */
export class NothingToVerifyError extends Error {}

export const DIFFERENCES_SHOWN = 100;

/**
 * Safe beside a running projector: it reads the served file in one transaction and rebuilds aside.
 *
 * @throws NothingToVerifyError
 */
export async function verifyReadModels(options: VerifyOptions): Promise<Verification> {
  const files = new GenerationFiles(options.directory);
  const set = modelSet(options.readModels);
  const name = files.current();
  if (name === undefined) throw new NothingToVerifyError('no read models have been built yet');
  const aside = files.aside();
  const live = new DatabaseSync(files.path(name), { readOnly: true, timeout: 5_000 });
  try {
    if (contentsOf(live).id !== set.id) throw new NothingToVerifyError('what is served was made by another release');
    live.exec('BEGIN');
    return await compare(live, set, aside, options);
  } finally {
    live.close();
    rmSync(aside, { recursive: true, force: true });
  }
}

async function compare(live: DatabaseSync, set: ModelSet, aside: string, options: VerifyOptions): Promise<Verification> {
  const { reader, registry, eventsPerPart, onProgress } = options;
  const { ordinal } = checkpointOf(live);
  const rebuild = async (path: string, models: ModelSet) => {
    await buildGeneration({
      into: new SqliteBuild(path, models), set: models, reader, registry, toOrdinal: ordinal, ...(eventsPerPart && { eventsPerPart }), ...(onProgress && { onProgress }),
    });
    return new DatabaseSync(path, { readOnly: true });
  };
  const served = await checksumOf(rowsOf(live), set);
  const rebuiltPath = join(aside, 'rebuilt.db');
  const database = await rebuild(rebuiltPath, set);
  const rebuilt = await checksumOf(rowsOf(database), set);
  database.close();
  const result = { ordinal, checksum: served.checksum, rebuiltChecksum: rebuilt.checksum };
  if (served.history === rebuilt.history) return { equal: true, ...result, differences: [], differenceCount: 0 };

  // Only now is it worth keeping every version of every row: they say since when a row differs.
  const versioned = withVersions(options.readModels);
  const versionsPath = join(aside, 'versions.db');
  (await rebuild(versionsPath, versioned)).close();
  attach(live, rebuiltPath, 'rebuilt');
  attach(live, versionsPath, 'versions');
  const differences: Omit<Difference, 'eventId' | 'eventType' | 'stream'>[] = [];
  for (const table of set.tables) {
    const [a, b] = [served.tables[table.name]!, rebuilt.tables[table.name]!];
    if (a.digest === b.digest && a.history === b.history) continue;
    const full = versioned.tables.find(({ name }) => name === table.name)!;
    for (const key of differingKeys(live, table, 'rebuilt')) differences.push(difference(live, table, full, key));
  }
  differences.sort((a, b) => (a.ordinal ?? Infinity) - (b.ordinal ?? Infinity));
  return {
    equal: false,
    ...result,
    differences: await Promise.all(differences.slice(0, DIFFERENCES_SHOWN).map(async (found) => {
      const event = found.ordinal === undefined ? undefined : await eventAt(live, reader, found.ordinal);
      return { ...found, eventId: event?.eventId, eventType: event?.type, stream: event?.stream };
    })),
    differenceCount: differences.length,
  };
}

const withVersions = (readModels: readonly ReadModel[]): ModelSet =>
  modelSet(readModels.map((model) => ({
    ...model,
    tables: model.tables.map((table) => ({ ...table, history: 'bitemporal' as const })),
  })));

function difference(live: DatabaseSync, table: TableLayout, full: TableLayout, key: Tuple) {
  const here = versionsByKey(live, 'main', table, key);
  const right = versionsByKey(live, 'versions', full, key);
  const standing = (versions: readonly Version[]) => {
    const open = versions.find(({ to }) => to === undefined);
    return open ? rowOf(table.columns, open.tuple) : null;
  };
  return {
    table: table.name,
    key: rowOf(keyColumns(table), key),
    ordinal: table.bitemporal ? firstDifference(here, right) : sinceWhen(here[0]?.tuple, right),
    live: standing(here),
    rebuilt: standing(right),
  };
}

/** The first ordinal at which two histories of one row do not say the same. */
function firstDifference(a: readonly Version[], b: readonly Version[]): number | undefined {
  const at = (versions: readonly Version[], ordinal: number) =>
    versions.find(({ from, to }) => from <= ordinal && (to === undefined || ordinal < to))?.tuple;
  const bounds = [...a, ...b].flatMap(({ from, to }) => (to === undefined ? [from] : [from, to])).sort((x, y) => x - y);
  return bounds.find((ordinal) => {
    const [left, right] = [at(a, ordinal), at(b, ordinal)];
    return left && right ? !sameTuple(left, right) : left !== right;
  });
}

/** A row that lagged differs since its version ended; one that was never right, since it should have come or gone. */
function sinceWhen(row: Tuple | undefined, right: readonly Version[]): number | undefined {
  const lagging = row && right.findLast(({ tuple, to }) => to !== undefined && sameTuple(tuple, row));
  if (lagging) return lagging.to;
  const last = right.at(-1);
  return last?.to ?? last?.from;
}
