import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { hours, minutes, plus, systemClock } from '#kernel';
import { startServer, type Running } from './testing/running.js';

/** The real time, and what a test adds to it; the demo's clock runs with it from 08:05 on. */
let ahead = 0;
const clock = { now: () => plus(systemClock.now(), ahead) };

const smith = { givenName: 'Edith', familyName: 'Smith', birthDate: '1925-06-11' };
const referral = {
  pathway: 'torbay-older-people',
  referrer: 'self',
  urgency: 'soon',
  to: 'torbay-north-zone',
  reason: 'Help at home.',
  accept: true,
};
const asked = {
  to: 'brixham-home-care-team',
  urgency: 'urgent',
  effect: 'now',
  asked: 'Care every morning.',
  risks: 'noneKnown',
  safeguarding: 'noneKnown',
  agreement: 'agreed',
  sharing: 'directCareConsent',
};

describe('The running product, where nobody does anything', () => {
  let server: Running;
  let journeyId: string;
  let offer: { journeyId: string; handoffId: string };

  beforeAll(async () => {
    server = await startServer({ clock, react: true });
    const { personId } = (await server.command('register-person', smith)).body;
    journeyId = (await server.command('take-referral', { ...referral, personId })).body['journeyId'] as string;
    const { handoffId } = (await server.command('offer-handoff', { journeyId, ...asked })).body;
    offer = { journeyId, handoffId: handoffId as string };
  });
  afterAll(() => server.stop());

  const told = async (type: string) =>
    (await server.engine.store.readStream(`journey-${journeyId}`)).filter((event) => event.type === type);
  /** @throws Error where it has not come within ten seconds */
  const comes = async (type: string, count = 1) => {
    for (let waited = 0; (await told(type)).length < count; waited += 50) {
      if (waited > 10_000) throw new Error(`no ${type}`);
      await pause(50);
    }
  };

  it('reminds the receiver at the deadline of the demo clock, without anybody asking', async () => {
    expect(await told('HandoffChased')).toEqual([]);
    ahead += minutes(16);
    await comes('HandoffChased');
  });

  it('tells the duty manager of a decline that nobody has seen, once, also over a restart', async () => {
    await server.command('decline-handoff', { ...offer, reason: 'noCapacity' }, { as: 'coordinator-brixham' });
    ahead += minutes(31);
    await comes('HandoffEscalated');
    await server.restart();
    ahead += hours(2);
    await pause(1_500);
    expect(await told('HandoffEscalated')).toHaveLength(1);
    expect(await told('HandoffChased')).toHaveLength(1);
  });
});
