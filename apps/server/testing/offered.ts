/** The story that most pages are about: Torbay holds Edith Smith and asks Brixham home care to take over. */
import { expect } from '@jest/globals';
import type { Answer, Running } from './running.js';

export const done = ({ status, body }: Answer): Answer['body'] => {
  expect({ status, body }).toEqual({ status: 200, body });
  return body;
};

export const referral = {
  pathway: 'torbay-older-people',
  referrer: 'generalPractitioner',
  to: 'torbay-north-zone',
  urgency: 'soon',
  reason: 'Two falls this week',
  accept: true,
};

const offer = {
  to: 'brixham-home-care-team',
  urgency: 'urgent',
  effect: 'now',
  asked: 'Morning and evening calls',
  risks: 'yes',
  riskDetail: 'Afraid of falling',
  safeguarding: 'noneKnown',
  agreement: 'agreed',
  sharing: 'directCareConsent',
};

/** @param birthDate of her own in each test: nobody has to say that she is not somebody else of that name */
export async function offeredToBrixham(server: Running, birthDate: string) {
  const person = { givenName: 'Edith', familyName: 'Smith', birthDate };
  const personId = String(done(await server.command('register-person', person))['personId']);
  const journeyId = String(done(await server.command('take-referral', { ...referral, personId }))['journeyId']);
  const handoffId = String(done(await server.command('offer-handoff', { journeyId, ...offer }))['handoffId']);
  return { personId, journeyId, handoffId };
}
