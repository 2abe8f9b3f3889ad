/** Proof that what is served equals a rebuild from the log, and where it does not, since when (DESIGN 3). */
import type { EventReader } from '#event-store';
import type { EventRegistry } from '#kernel';
import { buildGeneration, progressOf, type BulkLog, type Progress } from './bulk.js';
import { differingKeys, rowOf, versionsByKey, type Version } from './compare.js';
import type { ReadModel, Row } from './definition.js';
import type { Generations, Moment } from './generations.js';
import { bucketOf } from './known-at.js';
import { eventAt, type StoredMark } from './log-lookup.js';
import { modelSet, type ModelSet, type TableLayout } from './model-set.js';
import { generationsAt, type ReadModelsPlace } from './place.js';
import { sameTuple, type Tuple } from './rows.js';
import { Spool } from './spool/spool.js';
import { keyColumns, quoted } from './sql.js';

export interface VerifySettings {
  readonly reader: EventReader;
  readonly registry: EventRegistry;
  readonly readModels: readonly ReadModel[];
  readonly eventsPerPart?: number;
  /** See `BulkOptions.spoolIn`. */
  readonly spoolIn?: string;
  readonly onProgress?: (progress: Progress) => void;
}

export type VerifyOptions = VerifySettings & ReadModelsPlace;

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
 * Safe beside a running projector: it reads one moment of what is served and rebuilds aside.
 *
 * @throws NothingToVerifyError
 */
export async function verifyReadModels(options: VerifyOptions): Promise<Verification> {
  const generations = await generationsAt(options, options.reader);
  try {
    return await verifyIn(generations, options);
  } finally {
    await generations.close();
  }
}

/** @throws NothingToVerifyError */
export async function verifyIn(generations: Generations, options: VerifySettings): Promise<Verification> {
  const set = modelSet(options.readModels);
  const name = await generations.current();
  if (name === undefined) throw new NothingToVerifyError('no read models have been built yet');
  return generations.atOneMoment(name, set, async (moment) => {
    if (moment.contents.id !== set.id) throw new NothingToVerifyError('what is served was made by another release');
    return compare(moment, set, options);
  });
}

async function compare(live: Moment, set: ModelSet, options: VerifySettings): Promise<Verification> {
  const { reader, spoolIn: directory, onProgress } = options;
  if (reader.partsAreCheap) return compareWith(reader, live, set, options);
  const { ordinal: toOrdinal } = live.checkpoint;
  // Where rows differ the log is wanted twice.
  const spool = await Spool.fill({ reader, toOrdinal, directory, onRead: progressOf('reading', toOrdinal, onProgress) });
  try {
    return await compareWith(spool, live, set, options);
  } finally {
    spool.close();
  }
}

async function compareWith(log: BulkLog, live: Moment, set: ModelSet, options: VerifySettings): Promise<Verification> {
  const { reader, registry, eventsPerPart, onProgress } = options;
  const { ordinal } = live.checkpoint;
  const rebuild = (name: string, models: ModelSet) => live.beside(name, models, (into) => buildGeneration({
    into, set: models, reader: log, registry, toOrdinal: ordinal, ...(eventsPerPart && { eventsPerPart }), ...(onProgress && { onProgress }),
  }));
  const served = await live.checksum();
  const anew = await rebuild('rebuilt', set);
  const rebuilt = await anew.checksum();
  const result = { ordinal, checksum: served.checksum, rebuiltChecksum: rebuilt.checksum };
  if (served.history === rebuilt.history) return { equal: true, ...result, differences: [], differenceCount: 0 };

  // Only now is it worth keeping every version of every row: they say since when a row differs.
  const versioned = withVersions(options.readModels);
  const versions = await rebuild('versions', versioned);
  const differences: Omit<Difference, 'eventId' | 'eventType' | 'stream'>[] = [];
  for (const table of set.tables) {
    const [a, b] = [served.tables[table.name]!, rebuilt.tables[table.name]!];
    if (a.digest === b.digest && a.history === b.history) continue;
    const full = versioned.tables.find(({ name }) => name === table.name)!;
    for (const key of await differingKeys(live.ask, table, live.schema, anew.schema)) {
      const here = await versionsByKey(live.ask, live.schema, table, key);
      const right = await versionsByKey(live.ask, versions.schema, full, key);
      differences.push(difference(table, key, here, right));
    }
  }
  differences.sort((a, b) => (a.ordinal ?? Infinity) - (b.ordinal ?? Infinity));
  const shown: Difference[] = [];
  for (const found of differences.slice(0, DIFFERENCES_SHOWN)) {
    const event = found.ordinal === undefined ? undefined : await eventAt(await markBeforeThousandOf(live, found.ordinal), reader, found.ordinal);
    shown.push({ ...found, eventId: event?.eventId, eventType: event?.type, stream: event?.stream });
  }
  return { equal: false, ...result, differences: shown, differenceCount: differences.length };
}

async function markBeforeThousandOf({ ask, schema }: Moment, ordinal: number): Promise<StoredMark | undefined> {
  const [mark] = await ask(`SELECT ordinal, position FROM ${quoted(schema)}.known_at WHERE bucket = ?`, [bucketOf(ordinal) - 1]);
  return mark && { ordinal: mark[0] as number, position: mark[1] as string };
}

const withVersions = (readModels: readonly ReadModel[]): ModelSet =>
  modelSet(readModels.map((model) => ({
    ...model,
    tables: model.tables.map((table) => ({ ...table, history: 'bitemporal' as const })),
  })));

function difference(table: TableLayout, key: Tuple, here: readonly Version[], right: readonly Version[]) {
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
