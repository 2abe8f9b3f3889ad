import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { PageVisitor, type Seen } from '../../testing/page-visitor.js';
import { startServer, type Running } from '../../testing/running.js';

let server: Running;
let torbay: PageVisitor;
let brixham: PageVisitor;

beforeAll(async () => {
  server = await startServer();
  torbay = await PageVisitor.as(server, 'coordinator-torbay');
  brixham = await PageVisitor.as(server, 'coordinator-brixham');
}, 30_000);
afterAll(() => server.stop());

const done = async (
  name: string,
  body: object,
  as: 'coordinator-torbay' | 'coordinator-brixham' = 'coordinator-torbay',
) => {
  const answer = await server.command(name, body, { as });
  expect(answer).toMatchObject({ status: 200 });
  return answer.body as Record<string, string> & { position: string };
};

async function somebody(familyName: string, birthDate: string) {
  const { personId } = await done('register-person', { givenName: 'Nora', familyName, birthDate });
  const { journeyId, position } = await done('take-referral', {
    personId,
    pathway: 'torbay-older-people',
    referrer: 'generalPractitioner',
    to: 'torbay-north-zone',
    urgency: 'soon',
    reason: `Help for ${familyName}`,
    accept: true,
  });
  await server.query(`/api/worklist?minPosition=${position}`);
  return { personId: personId!, journeyId: journeyId!, journey: `/journeys/${journeyId}` };
}

async function handoverAcceptedOn({ journeyId }: { journeyId: string }) {
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
  await done('accept-handoff', { journeyId, handoffId }, 'coordinator-brixham');
}

const responsible = (text: string) => /tc-responsible__answer">([^<]*)/.exec(text)?.[1]?.trim();

/** The link that stands with an entry of the timeline. */
function elsewhereOf({ text }: Seen, title: string): string {
  const entry = text.split('<li class="').find((part) => part.includes(title) && part.includes('/somebody-else'))!;
  return /href="([^"]*\/somebody-else)"/.exec(entry)![1]!;
}

describe('This belongs to somebody else', () => {
  let name: string;
  let wrong: Awaited<ReturnType<typeof somebody>>;
  let right: Awaited<ReturnType<typeof somebody>>;

  beforeEach(async () => {
    // Of letters alone, and as unlike as can be: whoever is nearly the same is asked about first.
    name = `Smith${randomUUID().slice(0, 8).replace(/\d/g, (digit) => 'ghijklmnop'.charAt(Number(digit)))}`;
    wrong = await somebody(name, '1930-04-03');
    right = await somebody(name, '1931-05-04');
    await handoverAcceptedOn(wrong);
  });

  const bornIn = (day: string, month: string, year: string) => ({
    by: 'name',
    surname: name,
    'birthDate-day': day,
    'birthDate-month': month,
    'birthDate-year': year,
  });

  async function toTheCheck(title: string, to: string): Promise<Seen> {
    const journey = await torbay.open(wrong.journey);
    const start = await torbay.open(elsewhereOf(journey, title));
    const found = await torbay.answer(start, { _step: 'search', ...bornIn('4', '5', '1931') });
    return torbay.answer(found, { _step: 'who', to, detail: 'Two of one name on the telephone.' });
  }

  it('a handover accepted on the wrong record goes to the right one, with its answers, and those who saw it are listed', async () => {
    await brixham.open(wrong.journey);
    const check = await toTheCheck('Handover accepted', `${right.personId}:${right.journeyId}`);
    expect(check.text).toContain('Check both people before you move it');
    expect(check.text).toMatch(/3 April 1930[\s\S]*4 May 1931/);
    expect(check.text).toMatch(/Handover offered by[\s\S]*Handover accepted by/);

    const result = await torbay.answer(check, { _step: 'do' });
    expect(result.path).toMatch(new RegExp(`^${wrong.journey}/moves/`));
    expect(result.text).toContain('Moved to the right record');
    expect(result.text).toMatch(/Bryn Invented[\s\S]*Tell Brixham Home Care[\s\S]*01632/);
    expect(result.text).not.toMatch(/<strong>Cara Made-Up/);

    expect(responsible((await torbay.open(wrong.journey)).text)).toContain('Torbay North zone');
    expect(responsible((await torbay.open(right.journey)).text)).toContain('Brixham Home Care');
    expect((await torbay.answer(check, { _step: 'do' })).path).toBe(result.path);
  });

  it('the auditor still sees the original, and neither name', async () => {
    const check = await toTheCheck('Handover accepted', `${right.personId}:${right.journeyId}`);
    const result = await torbay.answer(check, { _step: 'do' });
    const auditor = await PageVisitor.as(server, 'auditor');
    const { text } = await auditor.open(wrong.journey);
    expect(text).toContain('Handover accepted by Brixham Home Care');
    expect(text).toContain('moved to another record');
    expect((await auditor.open(result.path)).text).not.toContain(name);
  });

  it('a referral goes with the whole journey, and begins one on the right record', async () => {
    const check = await toTheCheck('Referral taken', `${right.personId}:new`);
    const result = await torbay.answer(check, { _step: 'do' });
    const there = /href="(\/journeys\/[^"]*)">Open the journey they are on now/.exec(result.text)![1]!;
    expect(responsible((await torbay.open(there)).text)).toContain('Brixham Home Care');
    expect((await torbay.open(there)).text).toContain('4 May 1931');
    expect((await torbay.open(wrong.journey)).text).toContain(
      'The entries of this journey were moved to another record',
    );
  });

  it('somebody who is not known yet is registered on the way, once possible matches have been answered', async () => {
    const journey = await torbay.open(wrong.journey);
    const start = await torbay.open(elsewhereOf(journey, 'Referral taken'));
    const none = await torbay.answer(start, { _step: 'search', ...bornIn('5', '5', '1932') });
    expect(none.text).toContain('Nobody found');
    const register = await torbay.answer(none, { _step: 'who', to: 'new:new' });
    expect(register.text).toMatch(new RegExp(`Register who it belongs to[\\s\\S]*value="${name}"`));
    const who = (day: string, month: string, year: string) => ({
      givenName: 'Dora',
      familyName: name,
      sex: 'female',
      'born-day': day,
      'born-month': month,
      'born-year': year,
    });
    const asked = await torbay.answer(register, { _step: 'who', ...who('4', '5', '1931') });
    expect(asked.text).toMatch(/Is it somebody who is known already\?[\s\S]*Nora/);
    const check = await torbay.answer(register, { _step: 'who', ...who('5', '5', '1932') });
    expect(check.text).toMatch(/Check both people[\s\S]*3 April 1930[\s\S]*5 May 1932/);
    const result = await torbay.answer(check, { _step: 'do' });
    expect(result.text).toMatch(new RegExp(`on the record of <strong>Dora ${name}`));
    expect((await torbay.answer(check, { _step: 'do' })).path).toBe(result.path);
  });

  it('nothing leaves a record that has nowhere to arrive', async () => {
    const check = await toTheCheck('Handover accepted', `${right.personId}:${right.journeyId}`);
    const before = await server.events();
    expect((await torbay.answer(check, { _step: 'do', to: `${right.personId}:${randomUUID()}` })).status).toBe(404);
    expect((await torbay.answer(check, { _step: 'do', to: `${randomUUID()}:${right.journeyId}` })).status).toBe(404);
    expect(await server.events()).toBe(before);
  });

  it('moved out and not yet arrived: both records say so until somebody finishes it', async () => {
    const entries = (await server.query(`/api/journeys/${wrong.journeyId}`)).body['entries'] as {
      eventId: string;
      type: string;
    }[];
    const half = await done('move-entries-out', {
      journeyId: wrong.journeyId,
      entry: entries.find(({ type }) => type === 'HandoffOffered')!.eventId,
      toJourneyId: right.journeyId,
      toPersonId: right.personId,
      reason: 'wrongPerson',
    });
    await server.query(`/api/worklist?minPosition=${half.position}`);
    const unfinished = 'not on the right record yet';
    for (const path of [wrong.journey, right.journey, '/worklist'])
      expect((await torbay.openUntil(path, (text) => text.includes(unfinished))).text).toContain(unfinished);

    const move = /href="([^"]*\/moves\/[^"]*)">Finish it/.exec((await torbay.open(right.journey)).text)![1]!;
    const page = await torbay.open(move);
    expect(page.text).toContain('Moved out of this record, not yet on the other');
    const finished = await torbay.answer(page, {});
    expect(finished.text).toContain('Moved to the right record');
    expect(responsible((await torbay.open(right.journey)).text)).toContain('Brixham Home Care');
    for (const path of [wrong.journey, right.journey, '/worklist'])
      expect((await torbay.openUntil(path, (text) => !text.includes(unfinished))).text).not.toContain(unfinished);
  });

  const theRight = () => `${right.personId}:${right.journeyId}`;
  const deathsOf = async (path: string) => (responsible((await torbay.open(path)).text) ?? '').includes('has died');

  it('a hospital stay on the wrong record goes to the right one whole, and those who saw it are listed', async () => {
    const { stayId } = await done('record-admission', {
      personId: wrong.personId,
      method: '21',
      hospital: 'torbay-hospital',
      ward: 'torbay-hospital-care-of-the-elderly-ward',
    });
    const said = { clinicalDecision: true, teamDecision: true, safeToTransfer: true };
    await done('declare-ready', { personId: wrong.personId, stayId, ...said });
    expect(responsible((await torbay.open(wrong.journey)).text)).toContain('care of the elderly ward');
    await brixham.open(wrong.journey);

    const check = await toTheCheck('Ready to leave hospital', theRight());
    expect(check.text).toMatch(/Admitted to[\s\S]*Ready to leave hospital/);
    const result = await torbay.answer(check, { _step: 'do' });
    expect(result.text).toMatch(/Moved to the right record[\s\S]*2 entries count[\s\S]*Bryn Invented/);
    expect(responsible((await torbay.open(wrong.journey)).text)).toContain('Brixham Home Care');
    expect(responsible((await torbay.open(right.journey)).text)).toContain('care of the elderly ward');
    expect((await torbay.open(right.journey)).text).toContain('Moved here from another record');
    expect((await torbay.answer(check, { _step: 'do' })).path).toBe(result.path);
    const auditor = await PageVisitor.as(server, 'auditor');
    expect((await auditor.open(wrong.journey)).text).toMatch(/Admitted to[\s\S]*moved to another record/);
  });

  it('a death leaves the wrong record only where somebody says that the person on it is alive', async () => {
    await done('record-death', { personId: wrong.personId, place: 'usualResidence' });
    expect([await deathsOf(wrong.journey), await deathsOf(right.journey)]).toEqual([true, false]);
    const check = await toTheCheck('Died', theRight());
    expect(check.text).toContain('On this record care goes on');
    const before = await server.events();
    const unsaid = await torbay.answer(check, { _step: 'do' });
    expect(unsaid.text).toMatch(/There is a problem[\s\S]*is alive, once somebody has made sure/);
    expect(await server.events()).toBe(before);
    const result = await torbay.answer(unsaid, { _step: 'do', alive: 'yes' });
    expect(result.text).toContain('Moved to the right record');
    expect([await deathsOf(wrong.journey), await deathsOf(right.journey)]).toEqual([false, true]);
    expect((await torbay.answer(unsaid, { _step: 'do', alive: 'yes' })).path).toBe(result.path);
  });

  it('a death stays where it is while the other record has one already', async () => {
    for (const { personId } of [wrong, right]) await done('record-death', { personId, place: 'usualResidence' });
    const check = await toTheCheck('Died', theRight());
    const before = await server.events();
    const refused = await torbay.answer(check, { _step: 'do', alive: 'yes' });
    expect(refused.text).toContain('death is recorded already');
    expect(await server.events()).toBe(before);
  });

  it('a stay that left and has not arrived is shown on both records until somebody finishes it', async () => {
    await done('record-admission', { personId: wrong.personId, method: '21', hospital: 'torbay-hospital' });
    const entries = (await server.query(`/api/journeys/${wrong.journeyId}`)).body['entries'] as {
      eventId: string;
      type: string;
    }[];
    await done('move-entries-out', {
      journeyId: wrong.journeyId,
      personId: wrong.personId,
      entry: entries.find(({ type }) => type === 'Admitted')!.eventId,
      toJourneyId: right.journeyId,
      toPersonId: right.personId,
      reason: 'wrongPerson',
    });
    const unfinished = 'not on the right record yet';
    for (const path of [wrong.journey, right.journey, '/worklist'])
      expect((await torbay.openUntil(path, (text) => text.includes(unfinished))).text).toContain(unfinished);
    const move = /href="([^"]*\/moves\/[^"]*)">Finish it/.exec((await torbay.open(right.journey)).text)![1]!;
    const finished = await torbay.answer(await torbay.open(move), {});
    expect(finished.text).toContain('Moved to the right record');
    for (const path of [wrong.journey, right.journey, '/worklist'])
      expect((await torbay.openUntil(path, (text) => !text.includes(unfinished))).text).not.toContain(unfinished);
  });
});
