import type { CivilDate } from '#kernel';
import type { Rows } from '#projections';
import type { RowOf } from '../row-of.js';
import type { pilotNames, pilots, publishedDefinitions } from './model.js';

export type PilotRow = RowOf<typeof pilots, keyof (typeof pilots)['columns']>;
export type PilotNameRow = RowOf<typeof pilotNames, Exclude<keyof (typeof pilotNames)['columns'], 'to_day'>>;
export type PublishedDefinitionRow = RowOf<typeof publishedDefinitions, keyof (typeof publishedDefinitions)['columns']>;

/** Pilots as the programme's events tell of them, by id. */
export const registeredPilots = (rows: Rows): Promise<readonly PilotRow[]> =>
  rows.all<PilotRow>('SELECT * FROM pilot ORDER BY pilot');

/** All names and aliases of a pilot, the oldest first. */
export const namesOfPilot = (rows: Rows, pilot: string): Promise<readonly PilotNameRow[]> =>
  rows.all<PilotNameRow>('SELECT * FROM pilot_name WHERE pilot = :pilot ORDER BY kind DESC, from_day, name', { pilot });

/** The name that each pilot had on that day; its first name before it began. */
export async function pilotNamesOn(rows: Rows, day: CivilDate): Promise<ReadonlyMap<string, string>> {
  const names = await rows.all<{ pilot: string; name: string }>(
    `SELECT pilot, name FROM pilot_name WHERE kind = 'name'
     ORDER BY from_day > :day DESC, CASE WHEN from_day > :day THEN from_day END DESC, from_day`,
    { day },
  );
  // The last one of each stays: names yet to come stand first, the latest of them on top.
  return new Map(names.map(({ pilot, name }) => [pilot, name]));
}

export const definitionsPublished = (rows: Rows, pilot: string): Promise<readonly PublishedDefinitionRow[]> =>
  rows.all<PublishedDefinitionRow>(
    'SELECT * FROM published_definition WHERE pilot = :pilot ORDER BY pathway, version',
    { pilot },
  );
