import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PageVisitor } from '../../testing/page-visitor.js';
import { startServer, type Running } from '../../testing/running.js';

let server: Running;
let torbay: PageVisitor;
let journey: string;
let sheet: string;
/** Addresses of the moments, in order. */
let moments: readonly string[];

const done = async (name: string, body: object) => {
  const answer = await server.command(name, body, { as: 'coordinator-torbay' });
  expect(answer).toMatchObject({ status: 200 });
  return answer.body as Record<string, string>;
};

beforeAll(async () => {
  server = await startServer();
  torbay = await PageVisitor.as(server, 'coordinator-torbay');
  const { personId } = await done('register-person', {
    givenName: 'Nora',
    familyName: 'Earlier',
    birthDate: '1930-04-03',
  });
  const { journeyId } = await done('take-referral', {
    personId,
    pathway: 'torbay-older-people',
    referrer: 'generalPractitioner',
    to: 'torbay-north-zone',
    urgency: 'soon',
    reason: 'Help at home',
    accept: true,
  });
  const { handoffId } = await done('offer-handoff', {
    journeyId,
    to: 'brixham-home-care-team',
    urgency: 'urgent',
    effect: 'now',
    asked: 'Care twice a day',
    risks: 'noneKnown',
    safeguarding: 'noneKnown',
    agreement: 'agreed',
    sharing: 'directCareConsent',
  });
  await done('withdraw-handoff', { journeyId, handoffId, reason: 'other' });
  journey = `/journeys/${journeyId}`;
  sheet = `${journey}/handovers/${handoffId}/sheet`;
  const { text } = await torbay.open(journey);
  moments = [...text.matchAll(/<option value="([^"]*)"/g)].map(([, value]) => value!);
}, 60_000);
afterAll(() => server.stop());

const main = (text: string) => text.slice(text.indexOf('<main'), text.indexOf('</main>'));

describe('Pages of an earlier moment', () => {
  it('story and sheet say above everything that they are not of now, on paper too', async () => {
    expect(moments).toHaveLength(3);
    for (const path of [`${journey}/story`, sheet]) {
      const { text } = await torbay.open(`${path}?knownAt=${moments[1]}`);
      expect(main(text)).toMatch(/^[^]{0,600}<section class="tc-known"/);
      expect(text).toMatch(/This is not how things stand now[^]*1 entry has/);
      expect(text).not.toContain('Withdrawn');
    }
    expect((await torbay.open(`${sheet}?knownAt=${moments[1]}`)).text).toMatch(
      /Printed [^]*not how things stand: ring before you rely on it/,
    );
  });

  it('links between them keep the moment', async () => {
    const known = `?knownAt=${moments[1]}`;
    const { text } = await torbay.open(`${journey}${known}`);
    for (const path of [`${journey}/story${known}`, `${sheet}${known}`]) {
      expect(text).toContain(`href="${path}"`);
      const page = (await torbay.open(path)).text;
      expect(page).toContain(`href="${journey}${known}"`);
      expect(page).toContain(`href="${path.split('?')[0]}?knownAt=${moments[2]}#known"`);
    }
  });

  it('nothing was known of a handover before it was offered, and beyond now there is only now', async () => {
    const before = await torbay.open(`${sheet}?knownAt=${moments[0]}`);
    expect(before.status).toBe(404);
    expect(before.text).toMatch(/Nothing was known of this handover then/);
    expect(before.text).toContain(`href="${sheet}?knownAt=${moments[1]}"`);
    expect((await torbay.open(`${sheet}?knownAt=2099-01-01T00:00:00.000Z`)).path).toBe(sheet);
    expect((await torbay.open(`${journey}/story?knownAt=yesterday`)).status).toBe(404);
  });

  it('there is one card, that of now', async () => {
    const { path, text } = await torbay.open(`${journey}/card?knownAt=${moments[1]}`);
    expect(path).toBe(`${journey}/card`);
    expect(text).not.toContain('As known on');
    expect((await torbay.open(`${journey}?knownAt=${moments[1]}`)).text).not.toContain('/card');
  });
});
