/** What all processes of an organisation agree on: whether it is a demo, and how far its clock is behind (DESIGN 9). */
import type { Ask, Kept, Place } from '#database';
import { ConfigurationError } from './config.js';
import type { Agreed, Mode } from './data-directory.js';

interface Tables {
  readonly programme: { readonly one: number; readonly mode: Mode; readonly clock_behind: number | null };
}

export const keptOfProgramme: Kept<Tables> = {
  name: 'programme',
  migrations: [
    ({ text, whole, keyed }) => [
      `create table programme (one ${whole} primary key check (one = 1), mode ${text} not null, clock_behind ${whole}) ${keyed}`,
    ],
  ],
};

/**
 * The first process says how it is, all others take it over.
 *
 * @param own of this process's directory
 * @param wanted what the settings demand
 * @throws ConfigurationError where they demand something else
 */
export async function agreeOn(place: Place, own: Agreed, wanted: Mode | undefined): Promise<Agreed> {
  const database = await place.open(keptOfProgramme);
  try {
    const { mode, clock_behind: clockBehind } = await database.alone(async (queries) => {
      const there = await queries.selectFrom('programme').selectAll().executeTakeFirst();
      if (there) return there;
      const first = { one: 1, mode: own.mode, clock_behind: own.clockBehind ?? null };
      await queries.insertInto('programme').values(first).execute();
      return first;
    });
    if (wanted && wanted !== mode)
      throw new ConfigurationError(`the programme in PostgreSQL is a ${mode} one and stays one; THROUGHCARE_MODE says ${wanted}`);
    return { mode, ...(clockBehind !== null && { clockBehind }) };
  } finally {
    await database.close();
  }
}

/** What the first process said; undefined where none was here. Of a database that is only looked at and has the table. */
export async function modeThere(ask: Ask): Promise<Mode | undefined> {
  const [there] = await ask<{ mode: Mode }>('select mode from throughcare_state.programme');
  return there?.mode;
}
