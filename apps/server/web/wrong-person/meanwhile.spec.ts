import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { done, offer, referral } from '../../testing/offered.js';
import { hiddenIn, PageVisitor, type Filled, type Seen } from '../../testing/page-visitor.js';
import { startServer, type Running } from '../../testing/running.js';

interface Record {
  readonly personId: string;
  readonly journeyId: string;
}

let server: Running;
let torbay: PageVisitor;
let name: string;
let wrong: Record;
let right: Record;

const main = (text: string) => text.slice(text.indexOf('<main')).replace(/\s+/g, ' ');
const brixham = { as: 'coordinator-brixham' } as const;

async function somebody(birthDate: string): Promise<Record> {
  const { personId } = done(
    await server.command('register-person', { givenName: 'Nora', familyName: name, birthDate }),
  );
  const { journeyId, position } = done(await server.command('take-referral', { ...referral, personId }));
  await server.query(`/api/worklist?minPosition=${String(position)}`);
  return { personId: String(personId), journeyId: String(journeyId) };
}

/** Brixham has a part in it from then on, and writes on it. */
async function handedToBrixham({ journeyId }: Record): Promise<void> {
  const { handoffId } = done(
    await server.command('offer-handoff', { ...offer, journeyId, to: 'brixham-home-care-team' }),
  );
  done(await server.command('accept-handoff', { journeyId, handoffId }, brixham));
}

const contactOn = async ({ journeyId }: Record) =>
  done(await server.command('record-contact', { journeyId, mode: 'visit', kind: 'assessment' }, brixham));

const entriesOf = async ({ journeyId }: Record) =>
  (await server.query(`/api/journeys/${journeyId}`)).body['entries'] as { eventId: string; type: string }[];
const movesOn = async (record: Record) =>
  (await entriesOf(record)).filter(({ type }) => type === 'EntriesMovedOut').length;
const entryOf = async (record: Record, wanted: string) =>
  (await entriesOf(record)).find(({ type }) => type === wanted)!.eventId;

async function formAbout(type: string): Promise<Seen> {
  return torbay.open(`/journeys/${wrong.journeyId}/entries/${await entryOf(wrong, type)}/somebody-else`);
}

const bornIn = (year: string): Filled => ({
  by: 'name',
  surname: name,
  'birthDate-day': '4',
  'birthDate-month': '5',
  'birthDate-year': year,
});

async function toTheCheck(type: string, to: string): Promise<Seen> {
  const found = await torbay.answer(await formAbout(type), { _step: 'search', ...bornIn('1931') });
  return torbay.answer(found, { _step: 'who', to });
}

describe('While an entry is about to be moved to the right record', () => {
  beforeAll(async () => {
    server = await startServer();
    torbay = await PageVisitor.as(server, 'coordinator-torbay');
  }, 60_000);
  afterAll(() => server.stop());
  beforeEach(async () => {
    name = `Smith${randomUUID().slice(0, 8).replace(/\d/g, (digit) => 'ghijklmnop'.charAt(Number(digit)))}`;
    wrong = await somebody('1930-04-03');
    right = await somebody('1931-05-04');
    await handedToBrixham(wrong);
  });
  const there = () => `${right.personId}:${right.journeyId}`;

  it('more on the record it leaves is told first, nothing moves, and it goes ahead when sent again', async () => {
    const check = await toTheCheck('HandoffAccepted', there());
    await contactOn(wrong);
    const told = await torbay.answer(check, { _step: 'do' });
    expect(told.status).toBe(409);
    expect(main(told.text)).toMatch(/More was recorded while this form was open[\s\S]*\(Brixham Home Care\)/);
    expect(main(told.text)).toContain('Check both people before you move it');
    expect(await movesOn(wrong)).toBe(0);
    expect((await torbay.answer(told, { _step: 'do' })).text).toContain('Moved to the right record');
    expect(await movesOn(wrong)).toBe(1);
  });

  it('more on the record it goes to is told first as well', async () => {
    await handedToBrixham(right);
    const check = await toTheCheck('HandoffAccepted', there());
    await contactOn(right);
    const told = await torbay.answer(check, { _step: 'do' });
    expect(told.status).toBe(409);
    expect(main(told.text)).toMatch(/More was recorded while this form was open[\s\S]*\(Brixham Home Care\)/);
    expect(await movesOn(wrong)).toBe(0);
    const moved = await torbay.answer(told, { _step: 'do' });
    expect(moved.text).toContain('Moved to the right record');
    await contactOn(right);
    expect((await torbay.answer(told, { _step: 'do' })).path).toBe(moved.path);
  });

  it('what came while somebody was still searching is told on the next page', async () => {
    const start = await formAbout('HandoffAccepted');
    await contactOn(wrong);
    const found = await torbay.answer(start, { _step: 'search', ...bornIn('1931') });
    expect(main(found.text)).toMatch(/More was recorded while this form was open[\s\S]*Whose is it\?/);
    const check = await torbay.answer(found, { _step: 'who', to: there() });
    expect(main(check.text)).not.toContain('More was recorded');
  });

  it('an entry that somebody else moved or took back meanwhile is gone, and the page says so', async () => {
    await contactOn(wrong);
    const check = await toTheCheck('ContactRecorded', there());
    const entry = await entryOf(wrong, 'ContactRecorded');
    const takenBack = { journeyId: wrong.journeyId, entry, reason: 'recordedWrongly' };
    done(await server.command('mark-entry-in-error', takenBack, brixham));
    const told = await torbay.answer(check, { _step: 'do' });
    expect(told.status).toBe(409);
    expect(main(told.text)).toContain('It does not stand on this record any more');
    expect(await movesOn(wrong)).toBe(0);
  });

  it('somebody registered with the same details is asked about before anybody is registered', async () => {
    const start = await formAbout('ReferralMade');
    const none = await torbay.answer(start, { _step: 'search', ...bornIn('1932') });
    const register = await torbay.answer(none, { _step: 'who', to: 'new:new' });
    const who = { givenName: 'Dora', familyName: name, sex: 'female', 'born-day': '4', 'born-month': '5' };
    const check = await torbay.answer(register, { _step: 'who', ...who, 'born-year': '1932' });
    expect(check.text).toContain('Check both people before you move it');
    done(
      await server.command('register-person', { givenName: 'Dora', familyName: name, birthDate: '1932-05-04' }, brixham),
    );
    const asked = await torbay.answer(check, { _step: 'do' });
    expect(main(asked.text)).toMatch(/Is it somebody who is known already\?[\s\S]*Dora/);
    expect(await movesOn(wrong)).toBe(0);
    expect(hiddenIn(asked.text)['_seen']).toBeDefined();
  });
});
