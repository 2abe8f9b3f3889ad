import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PageVisitor } from '../../testing/page-visitor.js';
import { startServer, type Running } from '../../testing/running.js';

let server: Running;
let torbay: PageVisitor;
let brixham: PageVisitor;
let journey: string;
let personId: string;

beforeAll(async () => {
  server = await startServer();
  torbay = await PageVisitor.as(server, 'coordinator-torbay');
  brixham = await PageVisitor.as(server, 'coordinator-brixham');
  const identity = { givenName: 'Edith', familyName: 'Smith', birthDate: '1925-06-11', nhsNumber: '943 476 5870' };
  personId = String((await server.command('register-person', identity)).body['personId']);
  const { body } = await server.command('take-referral', {
    personId,
    pathway: 'torbay-older-people',
    referrer: 'generalPractitioner',
    to: 'torbay-north-zone',
    urgency: 'soon',
    reason: 'Fell at home',
    accept: true,
  });
  journey = `/journeys/${String(body['journeyId'])}`;
  await server.query(`/api/worklist?minPosition=${String(body['position'])}`);
}, 30_000);
afterAll(() => server.stop());

const find = (who: PageVisitor, typed: string) => who.send('/find', { find: typed });

describe('Finding somebody from any page', () => {
  it('the box is on every page of a coordinator, and on none of a role that sees no names', async () => {
    for (const path of ['/worklist', journey, '/referrals/new', '/nothing/here'])
      expect((await torbay.open(path)).text).toContain('action="/find"');
    const lead = await PageVisitor.as(server, 'pilot-lead-torbay');
    expect((await lead.open(journey)).text).not.toContain('action="/find"');
    expect((await find(lead, '9434765870')).status).toBe(403);
  });

  it.each(['943 476 5870', 'Smith 11 6 1925'])('our own people open the journey: %s', async (typed) => {
    const found = await find(torbay, typed);
    expect(found.text).toContain(`href="${journey}"`);
    expect(found.text).toContain('your team is responsible');
  });

  it('another organisation reads whom to ring, and nothing else', async () => {
    const { text } = await find(brixham, '943 476 5870');
    const main = text.slice(text.indexOf('<h1'), text.indexOf('<form method="post" action="/referrals/new"'));
    expect(main).toMatch(/Torbay North zone[\s\S]*01632/);
    expect(main).not.toMatch(/Edith|1925|943|journeys\/|older people/i);
  });

  it('nobody found says so, and offers the referral with what was typed', async () => {
    const none = await find(torbay, 'Smith 12 6 1925');
    expect(none.text).toContain('Nobody with these details is known here');
    const form = none.text.slice(none.text.indexOf('action="/referrals/new"'));
    expect(form).toMatch(/name="surname" value="Smith"[\s\S]*name="birthDate-day" value="12"/);
  });

  it('what was typed is in no address and no log, and the search is written down', async () => {
    await find(torbay, 'Smith 11 6 1925');
    const [last] = await server.engine.whoViewed.of(personId);
    expect(last).toMatchObject({ page: '/find', role: 'coordinator' });
    expect(server.logged.join('\n')).not.toMatch(/Smith|9434765870|1925-06-11/);
    const all = await server.engine.accessStore.readAll({ limit: 1000 });
    expect(JSON.stringify(all.events)).not.toMatch(/Smith|9434765870/);
  });
});
