/** What an offer carries, and when it says enough (SCENARIOS). */
import { refuse, type Refusal } from '#kernel';
import { given } from '../event.js';
import type { OfferContents } from '../fields.js';

/**
 * "None known" is not "not asked", and "yes" says what (SCENARIOS). Somebody who objects has not consented to sharing
 * (FACTS 6).
 */
export function contentsProblem(contents: OfferContents): Refusal | undefined {
  const { risks, riskDetail, safeguarding, safeguardingDetail, agreement, sharing } = contents;
  if ((risks === 'yes' && riskDetail === undefined) || (safeguarding === 'yes' && safeguardingDetail === undefined))
    return refuse('risk-detail-missing', 'Say what the risk or the safeguarding concern is.');
  return agreement === 'objected' && sharing === 'directCareConsent'
    ? refuse('no-basis-for-sharing', 'The person objected: name another basis for sharing, or do not offer.')
    : undefined;
}

export const contentsOf = (said: OfferContents): OfferContents => ({
  asked: said.asked,
  risks: said.risks,
  safeguarding: said.safeguarding,
  agreement: said.agreement,
  sharing: said.sharing,
  ...given({
    riskDetail: said.riskDetail,
    safeguardingDetail: said.safeguardingDetail,
    communication: said.communication,
    carer: said.carer,
    telephone: said.telephone,
    toldPerson: said.toldPerson,
    despite: said.despite,
  }),
});
