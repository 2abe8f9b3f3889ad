import type { CivilDate } from '#kernel';
import { isAged, latestDefinition } from '#pilots';
import { Chance } from './chance.js';

export interface Referred {
  readonly pathway: string;
  readonly day: CivilDate;
  readonly birthDate: CivilDate;
}

/**
 * What whoever takes a referral answers about the criteria of the version in force: mostly that they are met, at times
 * that it is not known. The age is worked out. A chance of its own, so that a new criterion changes no life.
 */
export function eligibility({ pathway, day, birthDate }: Referred, seed: number, index: number): Readonly<Record<string, string>> {
  const chance = new Chance(seed ^ 0x5eed, index);
  return Object.fromEntries(
    (latestDefinition(pathway, day)?.eligibility ?? []).map((criterion) => [
      criterion.code,
      criterion.code === 'minimumAge' ? (isAged(criterion.years, birthDate, day) ? 'met' : 'notMet') : chance.share(0.94) ? 'met' : 'notKnown',
    ]),
  );
}
