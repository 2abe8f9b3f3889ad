import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { deriveId, fromMillis, hours, journeyStream } from '#kernel';
import { hiddenIn, PageVisitor, type Filled } from '../../testing/page-visitor.js';
import { atLink } from '../../testing/link-holder.js';
import { done, offeredToBrixham } from '../../testing/offered.js';
import { startServer, type Running } from '../../testing/running.js';

let ahead = 0;
const clock = { now: () => fromMillis(Date.now() + ahead) };
let server: Running;
let journeyId: string;
let handoffId: string;
let link: { readonly address: string; readonly code: string };

const holder = (path = link.address, init: RequestInit = {}) => atLink(server, path, init);
const post = (form: Filled, path = link.address) => holder(path, { method: 'POST', body: new URLSearchParams(form) });
const enter = (code = link.code, path = link.address) => post({ code }, path);
const wrong = () => enter(link.code === '000000' ? '000001' : '000000');

const accepts = { answer: 'accepted', saidBy: 'Ann Lee, manager', reachedOn: '01803 555123' };
const declines = { ...accepts, answer: 'declined', reason: 'noCapacity', detail: 'Full until Friday' };

/** From the code to the page on which the answer is checked. */
async function upTo(form: Filled) {
  const offer = await enter();
  const check = await post({ ...hiddenIn(offer.html), ...form });
  return { offer, check, form: { ...hiddenIn(check.html), _step: 'do' } };
}

const onJourney = async () => (await server.engine.store.readStream(journeyStream(journeyId))).map(({ type }) => type);
const issue = (options: Parameters<Running['command']>[2] = {}) =>
  server.command('issue-answer-link', { journeyId, handoffId }, options);
const inAccessLog = async () => (await server.engine.accessStore.head()).ordinal ?? 0;
const looksSince = async (ordinal: number) =>
  (await server.engine.accessStore.readAll({ limit: 100, after: String(ordinal) })).events;

/** Each of a birth date of their own: nobody has to say that they are not the same. */
let people = 0;

describe('A link to answer a handover with', () => {
  beforeAll(async () => {
    server = await startServer({ clock });
  }, 60_000);
  afterAll(() => server.stop());
  beforeEach(async () => {
    ahead = 0;
    ({ journeyId, handoffId } = await offeredToBrixham(server, `${1900 + people++}-03-01`));
    link = done(await issue())['answerLink'] as typeof link;
  });

  it('is told with the command that makes it, again under the same key, and stands in no event', async () => {
    const key = randomUUID();
    const first = done(await issue({ key }));
    expect(first).toMatchObject({ linkId: expect.any(String), repeated: false });
    expect(done(await issue({ key }))).toMatchObject({ answerLink: first['answerLink'], repeated: true });
    const others = done(await issue({ key, as: 'coordinator-brixham' }));
    expect(others).not.toHaveProperty('answerLink');
    const { address, code } = first['answerLink'] as typeof link;
    const log = JSON.stringify(await server.engine.store.readStream(journeyStream(journeyId)));
    expect(log).not.toContain(address.split('/').at(-1));
    expect(log).not.toContain(`"${code}"`);
    expect((await issue({ as: 'coordinator-brixham' })).body).toMatchObject({ code: 'not-the-sender' });
  });

  it('shows nothing of anybody before the code, and the same whether it is genuine or not', async () => {
    const genuine = await holder();
    const token = server.engine.linkSecrets.of(journeyId, deriveId('answer-link', 'nobody')).token;
    for (const unknown of [`/answer/${token}`, '/answer/nonsense', `/answer/${'A'.repeat(43)}`]) {
      expect(await holder(unknown)).toMatchObject({ status: 200, main: genuine.main });
      expect(await enter('123456', unknown)).toMatchObject({ status: 422, main: (await wrong()).main });
      link = done(await issue())['answerLink'] as typeof link;
    }
    for (const said of ['Smith', 'Edith', 'Torbay', 'Brixham']) expect(genuine.main).not.toContain(said);
  });

  it('is not stored, not told to others and leaves no cookie', async () => {
    for (const page of [await holder(), await enter(), (await upTo(accepts)).check]) {
      expect(page.headers.get('cache-control')).toBe('no-store');
      expect(page.headers.get('referrer-policy')).toBe('no-referrer');
      expect(page.headers.get('set-cookie')).toBeNull();
      expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
    }
    expect((await enter()).html).not.toContain(link.code);
  });

  it('is opened by nobody who merely loads the address, as message services do', async () => {
    const before = await onJourney();
    await holder();
    await holder(link.address, { method: 'HEAD' });
    expect(await onJourney()).toEqual(before);
  });

  it('shows after the code what the offer carries and who it is about, and nothing else of the record', async () => {
    const before = await inAccessLog();
    const offer = await enter();
    expect(offer.status).toBe(200);
    for (const said of ['Edith Smith', '1 March 19', 'Morning and evening calls', 'Afraid of falling', 'None known'])
      expect(offer.main).toContain(said);
    expect(offer.main).toContain('Seen, not accepted: Torbay North zone, single point of contact is still responsible');
    expect(offer.main).not.toContain('Two falls this week');
    expect((await onJourney()).at(-1)).toBe('AnswerLinkOpened');
    const [look] = await looksSince(before);
    expect(look).toMatchObject({
      type: 'RecordViewed',
      actor: { role: 'linkHolder', organisation: 'brixham-home-care' },
      data: { shown: 'identified', journey: journeyId, answerLink: { team: 'brixham-home-care-team' } },
    });
    expect(JSON.stringify(look)).not.toContain(link.code);
  });

  it('tells those with a part in the journey that it was seen by a link, and who made the link', async () => {
    await enter();
    const torbay = await PageVisitor.as(server, 'coordinator-torbay');
    const looks = await torbay.open(`/journeys/${journeyId}/access`);
    expect(looks.text).toContain('By a one-use link, made by Cara Made-Up');
    expect(looks.text).toContain('an offer, to answer it');
  });

  it('is locked by the fifth wrong code, also over a restart; the sender sees it and makes another', async () => {
    for (let i = 0; i < 4; i++) expect(await wrong()).toMatchObject({ status: 422 });
    await server.restart();
    const fifth = await wrong();
    expect(fifth).toMatchObject({ status: 410, main: expect.stringContaining('This link is locked') });
    expect(fifth.main).toContain('Torbay North zone');
    expect(fifth.main).toMatch(/tel:01632960101/);
    expect(await enter()).toMatchObject({ status: 410 });
    expect(await holder()).toMatchObject({ status: 410 });

    const torbay = await PageVisitor.as(server, 'coordinator-torbay');
    const handover = await torbay.open(`/journeys/${journeyId}/handovers/${handoffId}`);
    expect(handover.text).toContain('is locked: 5 wrong codes were entered. Ring Brixham Home Care');
    const made = await torbay.answer(
      await torbay.open(`/journeys/${journeyId}/handovers/${handoffId}/answer-link`),
      {},
    );
    const address = /id="answer-link">([^<]*)</.exec(made.text)![1]!;
    const code = /id="answer-code">([^<]*)</.exec(made.text)![1]!;
    expect(address.startsWith(server.base)).toBe(true);
    expect(await enter(code, new URL(address).pathname)).toMatchObject({
      status: 200,
      main: expect.stringContaining('Edith Smith'),
    });
    expect(await holder()).toMatchObject({ main: expect.stringContaining('A newer link was made') });
  });

  it('counts wrong codes one by one, however many come at once', async () => {
    const tries = await Promise.all(Array.from({ length: 12 }, wrong));
    expect(new Set(tries.map(({ status }) => status))).toEqual(new Set([422, 410]));
    expect((await onJourney()).filter((type) => type === 'AnswerLinkCodeRefused')).toHaveLength(5);
    expect(await enter()).toMatchObject({ status: 410, main: expect.stringContaining('This link is locked') });
    // How often somebody failed from one place is forgotten by a restart; what a link has borne is not.
    await server.restart();
    expect(await enter()).toMatchObject({ status: 410 });
  });

  it('does not count a code that is no code, and takes one that is written in two groups', async () => {
    for (const text of ['', '12345', 'abcdef', '1234567'])
      expect(await enter(text)).toMatchObject({ status: 422, main: expect.stringContaining('Enter the 6 digits') });
    expect(await onJourney()).not.toContain('AnswerLinkCodeRefused');
    expect(await enter(`${link.code.slice(0, 3)} ${link.code.slice(3)}`)).toMatchObject({ status: 200 });
  });

  it('ends when its time is over, whatever is sent through it', async () => {
    const { form } = await upTo(accepts);
    ahead = hours(24);
    for (const page of [await holder(), await enter(), await post(form)])
      expect(page).toMatchObject({ status: 410, main: expect.stringContaining('This link has ended') });
    expect(await onJourney()).not.toContain('HandoffAnsweredByLink');
  });

  it('is answered once: accepted, not confirmed, with who is responsible now and whom to ring', async () => {
    const { check, form } = await upTo(accepts);
    expect(check.main).toContain('Check your answer before you send it');
    expect(check.main).toContain('Ann Lee, manager');
    const page = await post(form);
    expect(page).toMatchObject({ status: 200, main: expect.stringContaining('You have accepted this handover') });
    expect(page.main).toContain('Answered by a link with a code, not confirmed yet');
    expect(page.main).toMatch(/Who is responsible now.*Brixham Home Care/);
    expect(await holder()).toMatchObject({ status: 410, main: expect.stringContaining('This link has been used') });
    expect(await enter()).toMatchObject({ status: 410 });

    const events = await server.engine.store.readStream(journeyStream(journeyId));
    const answer = events.at(-1)!;
    expect(answer).toMatchObject({
      type: 'HandoffAnsweredByLink',
      actor: { role: 'linkHolder' },
      data: { answer: 'accepted', strength: 'linkWithCode', saidBy: expect.stringMatching(/^sealed:v1:/) },
    });
    expect(JSON.stringify(answer)).not.toMatch(/Ann Lee|01803/);
  });

  it('sent twice, or again because the answer was lost, is the same answer and the same page', async () => {
    const { form } = await upTo(accepts);
    const [first, second] = await Promise.all([post(form), post(form)]);
    const third = await post(form);
    expect([first.status, second.status, third.status]).toEqual([200, 200, 200]);
    expect(third.main).toBe(first.main);
    expect((await onJourney()).filter((type) => type === 'HandoffAnsweredByLink')).toHaveLength(1);
  });

  it('of two answers at the same moment takes one, and the other reads that the link has been used', async () => {
    const [yes, no] = [(await upTo(accepts)).form, (await upTo(declines)).form];
    const answers = await Promise.all([post(yes), post(no)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 410]);
    expect((await onJourney()).filter((type) => type === 'HandoffAnsweredByLink')).toHaveLength(1);
    await server.restart();
    for (const form of [yes, no]) await post(form);
    expect((await onJourney()).filter((type) => type === 'HandoffAnsweredByLink')).toHaveLength(1);
  });

  it('is declined with a reason, and names nobody after it', async () => {
    const missing = await post({ ...hiddenIn((await enter()).html), answer: 'declined', saidBy: 'Ann' });
    expect(missing).toMatchObject({ status: 422, main: expect.stringContaining('Select why you decline') });
    const page = await post((await upTo(declines)).form);
    expect(page.main).toContain('reads your reason, and finds somebody else');
    expect(page.main).not.toContain('Smith');
    const torbay = await PageVisitor.as(server, 'coordinator-torbay');
    const handover = await torbay.open(`/journeys/${journeyId}/handovers/${handoffId}`);
    expect(handover.text).toContain('Declined by a link with a code (no room)');
    expect(handover.text).toContain('Full until Friday');
    expect(handover.text).toContain('Ann Lee, manager (to be reached on 01803 555123): not confirmed');
  });

  it('after the offer was withdrawn reads so, and that they are not responsible', async () => {
    const { form } = await upTo(accepts);
    done(await server.command('withdraw-handoff', { journeyId, handoffId, reason: 'wrongTeam' }));
    const page = await post(form);
    expect(page).toMatchObject({ status: 409, main: expect.stringContaining('you are not responsible') });
    expect(page.main).not.toContain('Smith');
    expect(await enter()).toMatchObject({ status: 409, main: expect.stringContaining('Withdrawn') });
  });

  it('after the person died reads that they must not be contacted', async () => {
    const { form } = await upTo(accepts);
    const { personId } = (await server.query(`/api/journeys/${journeyId}`)).body;
    done(await server.command('record-death', { personId, place: 'hospital' }));
    const page = await post(form);
    expect(page).toMatchObject({ status: 409, main: expect.stringContaining('Do not contact') });
    expect(page.main).toContain('Edith Smith');
  });

  it('is confirmed or denied by somebody of the receiver who signs in', async () => {
    await post((await upTo(accepts)).form);
    const brixham = await PageVisitor.as(server, 'coordinator-brixham');
    const path = `/journeys/${journeyId}/handovers/${handoffId}`;
    const seen = await brixham.open(path);
    expect(seen.text).toContain('Brixham Home Care accepted by a link with a code');
    expect(seen.text).toContain('Confirm what was said');
    const form = await brixham.open(`${path}/dispute`);
    expect(form.text).toContain('Deny the answer given by a link with a code');
    const denied = await brixham.answer(form, { detail: 'Nobody of ours is called Ann' });
    expect(denied.text).toContain('Two accounts of the answer stand against each other');
    const torbay = await PageVisitor.as(server, 'coordinator-torbay');
    expect((await torbay.open(path)).text).toContain('you are still responsible');
  });

  it('makes whoever tries addresses wait, and tells them so', async () => {
    const unknown = `/answer/${'B'.repeat(43)}`;
    let status = 422;
    for (let i = 0; i < 100 && status === 422; i++) ({ status } = await enter('123456', unknown));
    expect(status).toBe(429);
    expect((await enter('123456', unknown)).headers.get('retry-after')).toBe('60');
    expect((await enter()).main).toContain('Wait a minute');
  });
});
