import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Hazard } from './hazard.js';

const FOLDER = 'docs/safety/hazards';

const number = (name: string): number => Number(/\d+/.exec(name)?.[0]);

/** What each file holds, by its name, in the order of the numbers; not checked yet. */
export const hazardFiles = (): ReadonlyMap<string, unknown> =>
  new Map(
    readdirSync(FOLDER)
      .sort((a, b) => number(a) - number(b))
      .map((name) => [name, JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as unknown]),
  );

/** For those who come after the check. */
export const hazardsIn = (files: ReadonlyMap<string, unknown>): readonly Hazard[] => [...files.values()] as Hazard[];
