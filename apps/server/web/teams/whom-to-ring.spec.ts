import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { londonInstant } from '#kernel';
import { PageVisitor } from '../../testing/page-visitor.js';
import { startServer, type Running } from '../../testing/running.js';
import { directoryPage } from './directory.view.js';

let server: Running;
let torbay: PageVisitor;
let journey: string;
let handover: string;

const done = async (name: string, body: object): Promise<Readonly<Record<string, unknown>>> => {
  const answer = await server.command(name, body);
  expect([answer.status, answer.body]).toEqual([200, answer.body]);
  return answer.body;
};
const mainOf = (html: string): string => html.slice(html.indexOf('<main'), html.indexOf('</main>'));

beforeAll(async () => {
  server = await startServer();
  torbay = await PageVisitor.as(server, 'coordinator-torbay');
  const identity = { givenName: 'Edith', familyName: 'Smith', birthDate: '1925-03-01', nhsNumber: '943 476 5919' };
  const { personId } = await done('register-person', identity);
  const referral = { personId, pathway: 'torbay-older-people', referrer: 'self', urgency: 'soon', reason: 'Falls' };
  const { journeyId } = await done('take-referral', { ...referral, to: 'torbay-north-zone', accept: true });
  const offer = await done('offer-handoff', {
    journeyId, to: 'brixham-home-care-team', asked: 'Personal care', urgency: 'urgent', effect: 'now', risks: 'noneKnown',
    safeguarding: 'noneKnown', agreement: 'agreed', sharing: 'directCareConsent',
  });
  journey = `/journeys/${String(journeyId)}`;
  handover = `${journey}/handovers/${String(offer['handoffId'])}`;
  await server.engine.projector!.waitFor(String(offer['position']), 30_000);
}, 60_000);
afterAll(() => server.stop());

describe('Whom do I ring?', () => {
  it.each([
    ['the journey', () => journey],
    ['its story', () => `${journey}/story`],
    ['the person’s own card', () => `${journey}/card`],
    ['the handover', () => handover],
    ['its sheet', () => `${handover}/sheet`],
    ['the worklist', () => '/worklist'],
    ['the meeting of the team', () => '/teams/torbay-north-zone/meeting'],
    ['tonight’s gaps', () => '/worklist/tonight'],
  ])('is answered with a telephone number by %s', async (_, path) => {
    const { status, text } = await torbay.open(path());
    expect(status).toBe(200);
    expect(mainOf(text)).toMatch(/01632 960\d{3}/);
  });

  it('is answered by whoever is found from any page', async () => {
    const brixham = await PageVisitor.as(server, 'coordinator-brixham');
    const found = await brixham.send('/find', { find: '943 476 5919' });
    expect(mainOf(found.text)).toMatch(/Torbay North zone.* telephone 01632 960101/);
  });

  it.each([
    ['a form', () => `${journey}/contact`],
    ['an address that is nothing', () => '/journeys/nothing'],
    ['whether everything is up to date', () => '/status'],
  ])('is one step away on every other page: %s', async (_, path) => {
    expect((await torbay.open(path())).text).toContain('<a href="/teams">Whom to ring</a>');
  });

  it('is answered for every team of one’s own pilot, the closed ones with who took over, and for the other pilots', () => {
    const page = directoryPage('torbay', londonInstant('2011-03-01', '08:05'));
    const teams = page.groups.flatMap((group) => group.teams);
    expect(teams.find(({ name }) => name === 'Brixham Home Care')).toMatchObject({ telephone: '01632 960131' });
    expect(teams.every(({ telephone }) => /^\d[\d ]+$/.test(telephone))).toBe(true);
    expect(page.closed).toContainEqual(
      expect.objectContaining({
        name: 'Harbourside Home Care',
        text: 'closed on 28 February 2011',
        successor: expect.objectContaining({ name: 'English Riviera Home Care' }),
      }),
    );
    expect(page.others).toHaveLength(15);
    expect(directoryPage(undefined, londonInstant('2011-03-01', '08:05'))).toMatchObject({ groups: [], closed: [] });
  });
});
