/**
 * From a name in print to the pilot that it stands for. Only spelling is forgiven: case, punctuation, the form of a
 * dash, the end of a list item, and the abbreviations that the two published lists themselves use. Nothing is guessed
 * from likeness: "North Cornwall" and "Cornwall", "Northumbria" and "North Tyneside" are different pilots.
 */
import type { CivilDate } from '#kernel';
import { pilots, type PilotName } from './pilots.js';

export interface ResolvedPilot {
  /** As it was given. */
  readonly name: string;
  readonly pilot: string;
  /** First day on which the pilot bore this name, and the first on which it no longer did; null while it does. */
  readonly validAt: readonly [from: CivilDate, to: CivilDate | null];
}

/** An em or en dash whose UTF-8 bytes were read as Mac Central European, Mac Roman or Windows-1252 text. */
const MANGLED_EM_DASH = /‚ÄĒ|‚Äî|â€\u201d/gi;
const MANGLED_EN_DASH = /‚Äď|‚Äì|â€\u201c/gi;

/** As printed, but for mangled dashes, spaces, and what ends an item of a list: `;`, `; and`. */
const asPrinted = (name: string): string =>
  name
    .normalize('NFC')
    .replace(MANGLED_EM_DASH, '\u2014')
    .replace(MANGLED_EN_DASH, '\u2013')
    .replace(/\s+/g, ' ')
    .replace(/[\s;,.]+(?:and)?[\s;,.]*$/i, '')
    .trim();

/** Lower case, words only. */
const asWords = (name: string): string =>
  asPrinted(name)
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll('&', ' and ')
    .replace(/\p{M}|[.'\u2019]/gu, '')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();

const ABBREVIATIONS: Readonly<Record<string, string>> = {
  pct: 'primary care trust',
  ico: 'integrated care organisation',
  llp: 'limited liability partnership',
  cic: 'community interest company',
  ft: 'foundation trust',
};

const inFull = (name: string): string =>
  asWords(name)
    .split(' ')
    .map((word) => ABBREVIATIONS[word] ?? word)
    .join(' ');

interface Known {
  readonly pilot: string;
  readonly name: PilotName;
}

const known: readonly Known[] = pilots.flatMap(({ id, names, aliases }) =>
  [...names, ...aliases].map((name) => ({ pilot: id, name })),
);

/** From the strictest reading to the most forgiving; the first that finds anything decides. */
const readings = [asPrinted, asWords, inFull].map((read) => ({
  read,
  found: Map.groupBy(known, ({ name }) => read(name.name)),
}));

/**
 * The pilot that bears or bore this name. Where a spelling cannot tell two names of one pilot apart, it is valid for
 * as long as either. Undefined for any other name, and where two pilots could be meant.
 */
export function resolvePilot(name: string): ResolvedPilot | undefined {
  for (const { read, found } of readings) {
    const matches = found.get(read(name));
    if (!matches) continue;
    const [first, ...others] = matches;
    if (!first || others.some((other) => other.pilot !== first.pilot)) return undefined;
    return { name, pilot: first.pilot, validAt: spanOf(matches.map((match) => match.name)) };
  }
  return undefined;
}

const spanOf = (names: readonly PilotName[]): ResolvedPilot['validAt'] => {
  const from = names.map((name) => name.from).sort()[0]!;
  const ends = names.flatMap(({ to }) => to ?? []).sort();
  return [from, ends.length < names.length ? null : ends.at(-1)!];
};

/** The answer of `throughcare pilots resolve`, every name in one of the two lists, in order. */
export function resolvePilots(names: readonly string[]): { resolved: ResolvedPilot[]; unresolved: string[] } {
  const answer = { resolved: [] as ResolvedPilot[], unresolved: [] as string[] };
  for (const name of names) {
    const found = resolvePilot(name);
    if (found) answer.resolved.push(found);
    else answer.unresolved.push(name);
  }
  return answer;
}
