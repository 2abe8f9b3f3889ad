import { DatabaseSync } from 'node:sqlite';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { PageVisitor } from '../testing/page-visitor.js';
import { startServer, type Running } from '../testing/running.js';

let server: Running;
let torbay: PageVisitor;
let journeyId: string;
let personId: string;
let handoffId: string;

/** Done by the team of the person’s zone. */
const done = async (name: string, body: object): Promise<Readonly<Record<string, unknown>>> => {
  const answer = await server.command(name, body);
  expect([answer.status, answer.body]).toEqual([200, answer.body]);
  return answer.body;
};
const offer = () =>
  done('offer-handoff', {
    journeyId, to: 'brixham-home-care-team', asked: 'Personal care', urgency: 'urgent', effect: 'now', risks: 'noneKnown',
    safeguarding: 'noneKnown', agreement: 'agreed', sharing: 'directCareConsent',
  });
const lists = ['/worklist', '/worklist/tonight', '/worklist/changes?since=2020-01-01T08:00', '/pilots/torbay'];

describe('Lists that are not as things are now', () => {
  beforeEach(async () => {
    server = await startServer();
    torbay = await PageVisitor.as(server, 'coordinator-torbay');
    const identity = { givenName: 'Edith', familyName: 'Smith', birthDate: '1925-03-01' };
    personId = String((await done('register-person', identity))['personId']);
    const referral = { personId, pathway: 'torbay-older-people', referrer: 'self', urgency: 'soon', reason: 'Falls' };
    journeyId = String((await done('take-referral', { ...referral, to: 'torbay-north-zone', accept: true }))['journeyId']);
    const offered = await offer();
    handoffId = String(offered['handoffId']);
    await server.engine.projector!.waitFor(String(offered['position']), 30_000);
  }, 60_000);
  afterEach(() => server.stop());

  it('say so above everything else where nobody brings them up to date, and ring is what to do', async () => {
    for (const list of lists) expect((await torbay.open(list)).text).not.toContain('This page shows how things stood');
    await server.engine.projector!.stop();
    await done('withdraw-handoff', { journeyId, handoffId, reason: 'noLongerNeeded' });
    for (const list of lists) {
      const page = (await torbay.open(list)).text;
      expect(page).toMatch(/This page shows how things stood on .*1 later entry is not on it yet\. Ring the team/);
      expect(page).not.toContain('Up to date');
    }
    // The row is what it was, with whom to ring; the journey's own page is as things are now.
    expect((await torbay.open('/worklist')).text).toMatch(/Edith Smith[\s\S]*Ring Brixham Home Care[\s\S]*href="tel:/);
    const own = (await torbay.open(`/journeys/${journeyId}/handovers/${handoffId}`)).text;
    expect(own).toContain('Withdrawn (no longer needed): you are still responsible');
    expect(own).not.toContain('This page shows how things stood');
  }, 60_000);

  it('keep somebody whose record could not be read in full, name them, and say to ring', async () => {
    setAside(personId);
    const page = (await torbay.open('/worklist')).text;
    expect(page).toMatch(/May be incomplete: Edith Smith\. .* Ring their team before you rely on it/);
    expect(page).toMatch(/Edith Smith<\/a>[\s\S]*href="tel:/);
    // Of those who are not on a page nothing is said there.
    const brixham = await PageVisitor.as(server, 'pilot-lead-torbay');
    expect((await brixham.open('/pilots/torbay')).text).not.toContain('Edith');
  }, 60_000);
});

/** As the engine notes a person whom it could not fold; that it does is tested there. */
function setAside(subject: string): void {
  const directory = server.engine.file('read-models');
  const [file] = readdirSync(directory).filter((name) => name.endsWith('.db'));
  const db = new DatabaseSync(join(directory, file!), { timeout: 5_000 });
  db.prepare(
    'INSERT INTO quarantine (subject, read_model, event_id, ordinal, since, error, keys) VALUES (?, ?, ?, ?, ?, ?, ?)',
  ).run(subject, 'worklist', 'e', 1, '2026-11-26T08:00:00.000Z', 'a fold that failed', '[]');
  db.close();
}
