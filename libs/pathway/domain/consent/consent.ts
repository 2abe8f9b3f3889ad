import type { Instant } from '#kernel';
import type { Team } from '../fields.js';
import type { Consent, PersonRecord } from '../record/state.js';

/** The narrower, the higher. */
const narrowness = { everyone: 0, sector: 1, organisation: 2 } as const;

const covers = ({ scope, sector, organisation }: Consent, team: Pick<Team, 'organisation' | 'sector'>): boolean =>
  scope === 'everyone' || (scope === 'sector' ? sector === team.sector : organisation === team.organisation);

export const isWithheld = ({ decision }: Pick<Consent, 'decision'>): boolean => decision !== 'given';

/**
 * What the person last said about sharing with this team, as it stood at that moment; undefined where they were not
 * asked. What was said about the organisation itself counts before its sector, and that before everyone, but a later
 * "no" to more ends a "yes" to less. A "yes" to more never undoes a "no" to less. Our rule `[M]`.
 */
export function consentFor(
  { consents }: Pick<PersonRecord, 'consents'>,
  team: Pick<Team, 'organisation' | 'sector'>,
  at: Instant,
): Consent | undefined {
  const about = consents.filter((consent) => consent.at <= at && covers(consent, team));
  const narrowest = about.reduce<Consent | undefined>(
    (best, consent) => (best && narrowness[best.scope] > narrowness[consent.scope] ? best : consent),
    undefined,
  );
  if (!narrowest) return undefined;
  return about.slice(about.indexOf(narrowest) + 1).findLast(isWithheld) ?? narrowest;
}

/** The refusal or withdrawal that stands against sharing with this team. */
export function withheldFrom(
  record: Pick<PersonRecord, 'consents'>,
  team: Pick<Team, 'organisation' | 'sector'>,
  at: Instant,
): Consent | undefined {
  const consent = consentFor(record, team, at);
  return consent && isWithheld(consent) ? consent : undefined;
}
