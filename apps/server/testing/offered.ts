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

/** What the form of a referral is answered with, taken at once; whom it is about is answered beside it. */
export const referralAnswers = {
  referrer: 'generalPractitioner',
  reason: 'Fell at home',
  urgency: 'soon',
  'eligibility-torbay-older-people-registeredWith': 'met',
  'eligibility-torbay-older-people-agrees': 'notKnown',
  taken: 'now',
  key: 'me',
  when: 'now',
};

/** Whatever team it goes to. */
export const offer = {
  urgency: 'urgent',
  effect: 'now',
  asked: 'Morning and evening calls',
  risks: 'yes',
  riskDetail: 'Afraid of falling',
  safeguarding: 'noneKnown',
  agreement: 'agreed',
  sharing: 'directCareConsent',
};

/** The same before anybody was asked. */
export async function referredToTorbay(server: Running, birthDate: string) {
  const person = { givenName: 'Edith', familyName: 'Smith', birthDate };
  const personId = String(done(await server.command('register-person', person))['personId']);
  const journeyId = String(done(await server.command('take-referral', { ...referral, personId }))['journeyId']);
  return { personId, journeyId };
}

/** @param birthDate of her own in each test: nobody has to say that she is not somebody else of that name */
export async function offeredToBrixham(server: Running, birthDate: string) {
  const taken = await referredToTorbay(server, birthDate);
  const asked = { journeyId: taken.journeyId, to: 'brixham-home-care-team', ...offer };
  return { ...taken, handoffId: String(done(await server.command('offer-handoff', asked))['handoffId']) };
}
