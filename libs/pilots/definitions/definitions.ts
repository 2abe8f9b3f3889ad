import { createHash } from 'node:crypto';
import { canonicalJson, type CivilDate } from '#kernel';
import { list, load } from '../data.js';
import { definitionProblems } from './check.js';
import type { PathwayDefinition } from './schema.js';

/** Hashes of released versions, by pathway and version. Written once at release; never edited. */
export type Released = Readonly<Record<string, Readonly<Record<string, string>>>>;

const frozen = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null) Object.values(value).forEach(frozen);
  return Object.freeze(value);
};

const hashes = new WeakMap<PathwayDefinition, string>();

/** SHA-256, in lower-case hexadecimal, over the canonical JSON (RFC 8785) of the definition. */
export function hashOf(definition: PathwayDefinition): string {
  const known = hashes.get(definition);
  if (known) return known;
  const hash = createHash('sha256').update(canonicalJson(definition)).digest('hex');
  // Only what cannot change any more is remembered.
  if (Object.isFrozen(definition)) hashes.set(definition, hash);
  return hash;
}

/** Where files and the lock of released versions disagree; journeys name these hashes, so none may ever change. */
export function releaseProblems(definitions: readonly PathwayDefinition[], released: Released): readonly string[] {
  const keyOf = (id: string, version: number | string) => `${id} version ${version}`;
  const files = new Map(definitions.map((one) => [keyOf(one.id, one.version), hashOf(one)]));
  const lock = new Map(
    Object.entries(released).flatMap(([id, versions]) =>
      Object.entries(versions).map(([version, hash]) => [keyOf(id, version), hash] as const),
    ),
  );
  return [
    ...[...lock].filter(([key]) => !files.has(key)).map(([key]) => `${key} was released and its file is gone`),
    ...[...files]
      .filter(([key]) => !lock.has(key))
      .map(([key, hash]) => `${key} is not in released.json; its hash is ${hash}`),
    ...[...lock]
      .filter(([key, hash]) => files.has(key) && files.get(key) !== hash)
      .map(([key]) => `${key} was released and has been changed; write a new version instead`),
  ];
}

const all: readonly PathwayDefinition[] = list('definitions/')
  .filter((folder) => !folder.endsWith('.json'))
  .flatMap((folder) => list(`definitions/${folder}/`).map((file) => ({ folder, file })))
  .map(({ folder, file }) => {
    const definition = frozen(load<PathwayDefinition>(`definitions/${folder}/${file}`));
    const problems = definitionProblems(definition);
    if (problems.length) throw new Error(`pathway definition ${folder}/${file}: ${problems.join('; ')}`);
    if (`${definition.id}/${definition.version}.json` !== `${folder}/${file}`) {
      throw new Error(
        `pathway definition ${folder}/${file} calls itself ${definition.id} version ${definition.version}`,
      );
    }
    return definition;
  })
  .sort((a, b) => (a.id === b.id ? a.version - b.version : a.id < b.id ? -1 : 1));

export const released = load<Released>('definitions/released.json');

const broken = releaseProblems(all, released);
if (broken.length) throw new Error(broken.join('; '));

/** Every version of every pathway, by id, then version. */
export const allDefinitions = (): readonly PathwayDefinition[] => all;

export const definition = (id: string, version: number): PathwayDefinition | undefined =>
  all.find((one) => one.id === id && one.version === version);

/** The newest version in force on that day; the newest of all where no day is given. */
export const latestDefinition = (id: string, day?: CivilDate): PathwayDefinition | undefined =>
  all.findLast((one) => one.id === id && (day === undefined || one.effectiveFrom <= day));

/** The newest version of each pathway that the pilot runs. */
export const definitionsOf = (pilot: string): readonly PathwayDefinition[] =>
  [...new Set(all.map(({ id }) => id))]
    .flatMap((id) => latestDefinition(id) ?? [])
    .filter((one) => one.pilots.includes(pilot));
