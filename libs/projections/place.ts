/** Where generations lie: a directory of SQLite files, or schemas of a PostgreSQL database (ADR 0009). */
import type { EventReader } from '#event-store';
import type { BesideBuild, BesidePlace, Generations } from './generations.js';
import type { ModelSet } from './model-set.js';
import { PostgresRows } from './postgres/rows-build.js';
import { postgresGenerations } from './postgres/generations.js';
import { firstEventOf } from './postgres/log-id.js';
import type { PostgresPlace } from './postgres/place.js';
import { PostgresReadStore } from './postgres/reader.js';
import type { ReadStore } from './read-store.js';
import { SqliteBuild } from './sqlite/build.js';
import { sqliteGenerations } from './sqlite/generations.js';
import { SqliteReadStore } from './sqlite/reader.js';

/** Plain data, so that it crosses threads. May hold a password: never to be shown. */
export type ReadModelsPlace = { readonly directory: string } | { readonly postgres: PostgresPlace };

/** @throws Error where the place cannot be made ready */
export const generationsAt = async (place: ReadModelsPlace, log: EventReader): Promise<Generations> =>
  'postgres' in place ? postgresGenerations(place.postgres, firstEventOf(log)) : sqliteGenerations(place.directory);

/** For the second thread of a build. */
export const buildBeside = async (place: BesidePlace, set: ModelSet): Promise<BesideBuild> =>
  'postgres' in place ? PostgresRows.at(place.postgres, place.schema) : new SqliteBuild(place.file, set);

export const readStoreAt = (place: ReadModelsPlace, log: EventReader): ReadStore =>
  'postgres' in place ? new PostgresReadStore(place.postgres, firstEventOf(log)) : new SqliteReadStore(place.directory);
