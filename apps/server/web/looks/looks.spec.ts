import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PageVisitor } from '../../testing/page-visitor.js';
import { startServer, type Running } from '../../testing/running.js';

let server: Running;
let torbay: PageVisitor;
let journey: string;

beforeAll(async () => {
  server = await startServer();
  torbay = await PageVisitor.as(server, 'coordinator-torbay');
  const identity = { givenName: 'Edith', familyName: 'Smith', birthDate: '1925-06-11' };
  const { personId } = (await server.command('register-person', identity)).body;
  const { journeyId } = (
    await server.command('take-referral', {
      personId,
      pathway: 'torbay-older-people',
      referrer: 'generalPractitioner',
      to: 'torbay-north-zone',
      urgency: 'soon',
      reason: 'Fell at home',
      accept: true,
    })
  ).body;
  journey = `/journeys/${String(journeyId)}`;
}, 30_000);
afterAll(() => server.stop());

describe('Who looked at this record', () => {
  it('says who, in which role and for whom, when, at what and why, the newest first', async () => {
    const auditor = await PageVisitor.as(server, 'auditor');
    await torbay.open(journey);
    await auditor.open(journey);
    const { text } = await torbay.open(`${journey}/access`);
    const rows = text.split('<tr>').slice(2);
    expect(rows[0]).toMatch(/Aud Fictional[\s\S]*auditor[\s\S]*Saw: the journey[\s\S]*Audit/);
    expect(rows[1]).toMatch(/Cara Made-Up[\s\S]*Torbay Care Trust[\s\S]*Saw: the journey[\s\S]*Care of the person/);
    expect(rows[1]).toMatch(/staff-[0-9a-f]{8}/);
  });

  it('lists the look at itself', async () => {
    await torbay.open(`${journey}/access`);
    expect((await torbay.open(`${journey}/access`)).text).toMatch(/Cara Made-Up[\s\S]*Saw: who looked at this record/);
  });

  it('is for those with a part in the journey; who asked without is listed as not shown', async () => {
    const brixham = await PageVisitor.as(server, 'coordinator-brixham');
    expect((await brixham.open(`${journey}/access`)).status).toBe(404);
    const { text } = await torbay.open(`${journey}/access`);
    expect(text).toMatch(/Bryn Invented[\s\S]*Asked and was not shown/);
  });

  it('comes in pages', async () => {
    for (let i = 0; i < 55; i++) await torbay.open(journey);
    const first = await torbay.open(`${journey}/access`);
    expect(first.text).toContain('page 1 of 2');
    expect(first.text.split('<tr>').slice(2)).toHaveLength(50);
    expect((await torbay.open(`${journey}/access?page=2`)).text).toContain('Newer');
    expect((await torbay.open(`${journey}/access?page=99`)).text).toContain('page 2 of 2');
  });

  it('is reached from the journey, and the auditor reads it without a name of the person', async () => {
    expect((await torbay.open(journey)).text).toContain(`href="${journey}/access"`);
    const auditor = await PageVisitor.as(server, 'auditor');
    expect((await auditor.open(`${journey}/access`)).text).not.toMatch(/Edith|Smith/);
  });
});
