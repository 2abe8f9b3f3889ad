import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { fromMillis, hours, journeyStream } from '#kernel';
import { atLink } from '../../testing/link-holder.js';
import { done, offeredToBrixham, referral } from '../../testing/offered.js';
import { PageVisitor } from '../../testing/page-visitor.js';
import { startServer, type Running } from '../../testing/running.js';

let ahead = 0;
const clock = { now: () => fromMillis(Date.now() + ahead) };
let server: Running;
let journeyId: string;
let handoffId: string;
let link: { readonly address: string; readonly code: string };

const holder = (init: RequestInit = {}) => atLink(server, link.address, init);
const enter = (code = link.code) => holder({ method: 'POST', body: new URLSearchParams({ code }) });
const wrong = () => enter(link.code === '000000' ? '000001' : '000000');

const issue = () => server.command('issue-answer-link', { journeyId, handoffId });
const moves = async () =>
  (await server.engine.store.readStream(journeyStream(journeyId))).filter(({ type }) => type === 'EntriesMovedOut');
/** What the worklist says of this journey’s handover, once it says so. */
async function lineOf(visitor: PageVisitor, name: string, says: string): Promise<string> {
  const lines = (text: string) => text.split('<li').filter((line) => line.includes(handoffId) && line.includes(name));
  const { text } = await visitor.openUntil('/worklist', (page) => lines(page).some((line) => line.includes(says)));
  return lines(text)[0] ?? 'not on the list';
}

let people = 0;

describe('The end of a link to answer with', () => {
  beforeAll(async () => {
    server = await startServer({ clock });
  }, 60_000);
  afterAll(() => server.stop());
  beforeEach(async () => {
    ahead = 0;
    ({ journeyId, handoffId } = await offeredToBrixham(server, `${1900 + people++}-03-01`));
    link = done(await issue())['answerLink'] as typeof link;
  });

  it('of a handover that was moved to the right record has ended, on both records and for whoever has it, and each says why', async () => {
    const other = { givenName: 'Edna', familyName: 'Smith', birthDate: '1925-03-02' };
    const { personId } = done(await server.command('register-person', other));
    const right = done(await server.command('take-referral', { ...referral, personId }))['journeyId'];
    done(
      await server.command('move-entries-out', {
        journeyId,
        handoffId,
        toJourneyId: right,
        toPersonId: personId,
        reason: 'wrongPerson',
      }),
    );
    for (const page of [await holder(), await enter()]) {
      expect(page).toMatchObject({ status: 410, main: expect.stringContaining('put on another record') });
      expect(page.main).toContain('Torbay North zone');
      expect(page.main).not.toContain('Smith');
    }
    done(
      await server.command('move-entries-in', {
        journeyId: right, fromJourneyId: journeyId, movedOut: (await moves()).at(-1)!.eventId,
      }),
    );
    const torbay = await PageVisitor.as(server, 'coordinator-torbay');
    const there = (await torbay.open(`/journeys/${String(right)}/handovers/${handoffId}`)).text;
    expect(there).toMatch(/The link to answer with, made on .*, ended when the handover was moved to this record/);
    expect(there).not.toContain('It works until');
    expect(await lineOf(torbay, 'Edna Smith', 'has ended without an answer')).toContain('ring Brixham Home Care, or make another');
  });

  it('is ended by the sender with a button, without another: whoever has it reads so, and the offer stays open', async () => {
    const torbay = await PageVisitor.as(server, 'coordinator-torbay');
    const path = `/journeys/${journeyId}/handovers/${handoffId}`;
    expect((await torbay.open(path)).text).toContain(`${path}/end-answer-link`);
    const ended = await torbay.answer(await torbay.open(`${path}/end-answer-link`), {});
    expect(ended.text).toContain('The link has ended: nobody can answer with it');
    expect(ended.text).toMatch(/The link to answer with, made on .*, was ended on/);
    expect(ended.text).not.toContain(`${path}/end-answer-link`);
    expect(await enter()).toMatchObject({ status: 410, main: expect.stringContaining('has ended it') });
    expect(await lineOf(torbay, 'Edith Smith', 'has ended without an answer')).toContain('ring Brixham Home Care');
    const brixham = await PageVisitor.as(server, 'coordinator-brixham');
    expect((await brixham.open(path)).text).toContain('Accept');
  });

  it('that is locked, or whose time is over, is told on the sender’s worklist with whom to ring', async () => {
    const torbay = await PageVisitor.as(server, 'coordinator-torbay');
    expect(await lineOf(torbay, 'Edith Smith', 'has not seen your handover yet')).not.toContain('The link to answer with');
    for (let i = 0; i < 5; i++) await wrong();
    expect(await lineOf(torbay, 'Edith Smith', 'is locked after too many wrong codes: ring Brixham Home Care')).toMatch(/tel:/);
    const { position } = done(await issue());
    await server.engine.projector!.waitFor(String(position), 30_000);
    expect(await lineOf(torbay, 'Edith Smith', 'Waiting')).not.toContain('The link to answer with');
    ahead = hours(30 * 24);
    const monthLater = await PageVisitor.as(server, 'coordinator-torbay');
    expect(await lineOf(monthLater, 'Edith Smith', 'has ended without an answer')).toMatch(/tel:/);
  });
});
