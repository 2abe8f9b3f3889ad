import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { civilDate, journeyStream } from '#kernel';
import { teamAsOf } from '#pilots';
import { PageVisitor } from '../testing/page-visitor.js';
import { startServer, type Running } from '../testing/running.js';
import { unfoldable } from '../testing/unfoldable.js';

let server: Running;
let torbay: PageVisitor;
let brixham: PageVisitor;
let journeyId: string;
let handoffId: string;
/** Edith waits for Brixham to answer; Walter waits for Torbay, and Brixham has no part in his journey. */
let walters: string;

/** Done by the team of the person’s zone. */
const done = async (name: string, body: object): Promise<Readonly<Record<string, unknown>>> => {
  const answer = await server.command(name, body);
  expect([answer.status, answer.body]).toEqual([200, answer.body]);
  return answer.body;
};
const referred = async (givenName: string, familyName: string, accept: boolean): Promise<string> => {
  const { personId } = await done('register-person', { givenName, familyName, birthDate: '1925-03-01' });
  const referral = { personId, pathway: 'torbay-older-people', referrer: 'self', urgency: 'soon', reason: 'Falls' };
  return String((await done('take-referral', { ...referral, to: 'torbay-north-zone', accept }))['journeyId']);
};
const offer = () =>
  done('offer-handoff', {
    journeyId, to: 'brixham-home-care-team', asked: 'Personal care', urgency: 'urgent', effect: 'now', risks: 'noneKnown',
    safeguarding: 'noneKnown', agreement: 'agreed', sharing: 'directCareConsent',
  });
const meeting = '/teams/torbay-north-zone/meeting';
const lists = ['/worklist', '/worklist/tonight', '/worklist/changes?since=2020-01-01T08:00', '/pilots/torbay', meeting];
const find = (typed: string) => torbay.send('/find', { find: typed });

const ediths = { by: 'name', surname: 'Smith', 'birthDate-day': '1', 'birthDate-month': '3', 'birthDate-year': '1925' };
const somebodyNew = {
  who: 'new', _form: randomUUID(), givenName: 'Edna', familyName: 'Smith', sex: 'female', 'born-day': '1', 'born-month': '3',
  'born-year': '1925', referrer: 'self', reason: 'Fell at home', urgency: 'soon', taken: 'now', key: 'me', when: 'now',
  'eligibility-torbay-older-people-registeredWith': 'met', 'eligibility-torbay-older-people-agrees': 'notKnown',
};
const firstEntryOf = async (journey: string): Promise<string> =>
  (await server.engine.store.readStream(journeyStream(journey)))[0]!.eventId;

/** Of a list, what it says of this person alone. */
const lineOf = (text: string, name: string): string =>
  text.split('<li').find((line) => line.includes(`>${name}</`)) ?? `${name} is not on the list`;
const telephoneOf = (team: string): string =>
  teamAsOf(team, civilDate(server.engine.clock.now()))!.telephone;

/** Nothing on the way in would write it: a fault of another release, or a store that was written to by hand. */
const breakRecord = async (journey: string): Promise<void> => {
  const { stream, event } = await unfoldable(server.engine.store, journey);
  await server.engine.store.append(stream, 'any', [event]);
};

describe('Lists that are not as things are now', () => {
  beforeEach(async () => {
    server = await startServer();
    torbay = await PageVisitor.as(server, 'coordinator-torbay');
    brixham = await PageVisitor.as(server, 'coordinator-brixham');
    walters = await referred('Walter', 'Jones', false);
    journeyId = await referred('Edith', 'Smith', true);
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
    const line = lineOf((await torbay.open('/worklist')).text, 'Edith Smith');
    expect(line).toContain('Ring Brixham Home Care');
    expect(line).toContain(`>${telephoneOf('brixham-home-care-team')}</a>`);
    const own = (await torbay.open(`/journeys/${journeyId}/handovers/${handoffId}`)).text;
    expect(own).toContain('Withdrawn (no longer needed): you are still responsible');
    expect(own).not.toContain('This page shows how things stood');
  }, 60_000);

  it('of a search say so too: who was responsible is not told as who is', async () => {
    expect((await find('Smith 1 3 1925')).text).not.toContain('This page shows how things stood');
    await server.engine.projector!.stop();
    const accepted = await server.command('accept-handoff', { journeyId, handoffId }, { as: 'coordinator-brixham' });
    expect(accepted.status).toBe(200);
    const found = (await find('Smith 1 3 1925')).text;
    expect(found).toContain('your team is responsible');
    expect(found).toMatch(/This page shows how things stood on .*1 later entry is not on it yet\. Ring the team/);
    const referral = { _step: 'search', by: 'name', surname: 'Smith', 'birthDate-day': '1', 'birthDate-month': '3' };
    const known = (await torbay.send('/referrals/new', { ...referral, 'birthDate-year': '1925' })).text;
    expect(known).toContain('your team is responsible');
    expect(known).toContain('This page shows how things stood');
  }, 60_000);

  it('say so where it is asked who somebody new might be, and whose an entry is', async () => {
    const elsewhere = `/journeys/${walters}/entries/${await firstEntryOf(walters)}/somebody-else`;
    const pages = async () => {
      const possible = await torbay.send('/referrals/new', { ...somebodyNew, _step: 'check' });
      expect(possible.text).toContain('Is it somebody who is known already?');
      const chosen = await torbay.send(elsewhere, { _step: 'search', ...ediths });
      expect(chosen.text).toContain('Whose is it?');
      const to = /name="to"[^>]*value="([^"]*:new)"/.exec(chosen.text)![1]!;
      const check = await torbay.answer(chosen, { _step: 'who', to });
      expect(check.text).toContain('Check both people before you move it');
      return [possible, chosen, check];
    };
    for (const { text } of await pages()) expect(text).not.toContain('This page shows how things stood');
    await server.engine.projector!.stop();
    expect((await server.command('accept-handoff', { journeyId, handoffId }, { as: 'coordinator-brixham' })).status).toBe(200);
    for (const { text } of await pages())
      expect(text).toMatch(/This page shows how things stood on .*1 later entry is not on it yet\. Ring the team/);
  }, 60_000);

  it('of a meeting say who may be missing; of those on it everything is as it is now', async () => {
    await server.engine.projector!.stop();
    expect((await server.command('accept-handoff', { journeyId, handoffId }, { as: 'coordinator-brixham' })).status).toBe(200);
    const page = (await torbay.open(meeting)).text;
    expect(page).toContain('This page shows how things stood');
    expect(lineOf(page, 'Edith Smith')).toMatch(/<strong>Brixham Home Care[\s\S]*<\/strong>/);
    // Whom the address names is folded from the record: nothing on it lags.
    const chosen = (await torbay.open(`${meeting}?people=${journeyId}`)).text;
    expect(lineOf(chosen, 'Edith Smith')).toContain('Brixham Home Care');
    expect(chosen).not.toContain('This page shows how things stood');
  }, 60_000);

  it('keep somebody whose record could not be read in full, name them, and say to ring', async () => {
    await breakRecord(journeyId);
    const page = (await torbay.openUntil('/worklist', (text) => text.includes('May be incomplete'))).text;
    expect(page).toMatch(/May be incomplete: Edith Smith\. .* Ring their team before you rely on it/);
    expect(lineOf(page, 'Edith Smith')).toContain(`>${telephoneOf('brixham-home-care-team')}</a>`);
    // The others go on: what was done after it is on the list.
    const after = await referred('Nora', 'Newcomb', false);
    expect((await torbay.openUntil('/worklist', (text) => text.includes(after))).text).toContain('Nora Newcomb');
    // A search says so as well; what cannot be read is not shown in part.
    expect((await find('Smith 1 3 1925')).text).toContain('May be incomplete: Edith Smith.');
    const own = await torbay.open(`/journeys/${journeyId}`);
    expect(own.status).toBe(500);
    expect(own.text).toMatch(/This record cannot be read in full[\s\S]*Ring the team before you decide anything/);
  }, 60_000);

  it('name on no page somebody who is not on it', async () => {
    await breakRecord(walters);
    await breakRecord(journeyId);
    const ours = (await torbay.openUntil('/worklist', (text) => /May be incomplete: .*Edith/.test(text))).text;
    expect(/May be incomplete: ([^.]*)\./.exec(ours)?.[1]?.split(', ').sort()).toEqual(['Edith Smith', 'Walter Jones']);
    const theirs = (await brixham.open('/worklist')).text;
    expect(theirs).toContain('May be incomplete: Edith Smith.');
    expect(theirs).not.toContain('Walter');
    // Whom to ring may be old as well, and is told to those who may not know who it is.
    const elsewhere = (await brixham.send('/find', { find: 'Jones 1 3 1925' })).text;
    expect(elsewhere).toContain('May be incomplete: somebody on this page.');
    expect(elsewhere).not.toContain('Walter');
  }, 60_000);

  it('of a meeting keep the others where one record cannot be read, and say whom to ring for that one', async () => {
    await breakRecord(journeyId);
    const page = await torbay.openUntil(meeting, (text) => text.includes('cannot be read in full'));
    expect(page.status).toBe(200);
    const line = lineOf(page.text, 'Edith Smith');
    expect(line).toContain('This record cannot be read in full.');
    expect(line).toContain(`>${telephoneOf('torbay-north-zone')}</a>`);
    expect(lineOf(page.text, 'Walter Jones')).not.toContain('cannot be read');
    const chosen = (await torbay.open(`${meeting}?people=${journeyId}`)).text;
    expect(chosen).toContain('This record cannot be read in full.');
  }, 60_000);
});
