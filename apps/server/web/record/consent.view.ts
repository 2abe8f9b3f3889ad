/** What the person said about sharing, in words. */
import type { Instant } from '#kernel';
import { withheldFrom, type Consent, type PersonRecord, type Team } from '#pathway';
import { consentDecisionWords, dateAndTime, inSentence, sectorWords } from '#web';
import { organisationName } from '../pages.js';

type About = Pick<Consent, 'scope'> & { readonly sector?: Consent['sector']; readonly organisation?: string };

export const withWhom = ({ scope, sector, organisation }: About): string =>
  scope === 'organisation' && organisation !== undefined
    ? organisationName(organisation)
    : scope === 'sector' && sector !== undefined
      ? inSentence(sectorWords[sector])
      : 'everyone who cares for them';

/** The last thing that was said about each. */
export function consentLine({ consents }: Pick<PersonRecord, 'consents'>): string {
  const last = new Map(consents.map((consent) => [withWhom(consent), consent]));
  if (last.size === 0) return 'Not recorded yet';
  return [...last]
    .map(([whom, { decision, at }]) => `${consentDecisionWords[decision]}: ${whom}, ${dateAndTime(at)}`)
    .join('. ');
}

/** Undefined where nothing stands against sharing with that team. */
export function withheldLine(
  record: Pick<PersonRecord, 'consents'>,
  team: Pick<Team, 'organisation' | 'sector'>,
  at: Instant,
): string | undefined {
  const withheld = withheldFrom(record, team, at);
  if (!withheld) return undefined;
  const did = withheld.decision === 'refused' ? 'refused' : 'withdrew consent to';
  return `The person ${did} sharing with ${withWhom(withheld)} on ${dateAndTime(withheld.at)}.`;
}
