import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { journeyStream } from '#kernel';
import { done, offeredToBrixham } from '../../testing/offered.js';
import { hiddenIn, PageVisitor } from '../../testing/page-visitor.js';
import { startServer, type Running } from '../../testing/running.js';

let server: Running;
let brixham: PageVisitor;
let torbay: PageVisitor;
let journeyId: string;
let handoffId: string;
let people = 0;

const handover = () => `/journeys/${journeyId}/handovers/${handoffId}`;
const types = async () => (await server.engine.store.readStream(journeyStream(journeyId))).map(({ type }) => type);
const main = (text: string) => text.slice(text.indexOf('<main')).replace(/\s+/g, ' ');
const takeOver = { effect: 'now', when: 'now' };
const aFall = { reason: 'wasMissing', riskDetail: 'Fell on the stairs last night' };
const revise = (said: object = aFall) => server.command('revise-offer', { journeyId, handoffId, ...said });

describe('A form that was open while more was recorded', () => {
  beforeAll(async () => {
    server = await startServer();
    brixham = await PageVisitor.as(server, 'coordinator-brixham');
    torbay = await PageVisitor.as(server, 'coordinator-torbay');
  }, 60_000);
  afterAll(() => server.stop());
  beforeEach(async () => {
    ({ journeyId, handoffId } = await offeredToBrixham(server, `${1900 + people++}-04-02`));
  });

  it('accepts nothing: it says what came, keeps what was filled in, and goes ahead when sent again', async () => {
    const form = await brixham.open(`${handover()}/accept`);
    done(await revise());
    const told = await brixham.answer(form, takeOver);
    expect(told.status).toBe(409);
    expect(main(told.text)).toContain('More was recorded while this form was open');
    expect(main(told.text)).toContain('What the handover to Brixham Home Care says was put right');
    expect(await types()).not.toContain('HandoffAccepted');
    const read = await brixham.open(handover());
    expect(main(read.text)).toContain('Fell on the stairs last night');
    await brixham.answer(told, takeOver);
    expect(await types()).toContain('HandoffAccepted');
  });

  it('is not held up by reminders, or by what its own sender wrote', async () => {
    const form = await torbay.open(`/journeys/${journeyId}/contact`);
    await brixham.open(handover());
    done(await revise());
    expect(await types()).toEqual(expect.arrayContaining(['HandoffAcknowledged', 'HandoffOfferRevised']));
    await torbay.answer(form, { mode: 'visit', kind: 'assessment', when: 'now' });
    expect(await types()).toContain('ContactRecorded');
  });

  it('reads why it is not possible any more, where it is not: they accepted while the sender was about to withdraw', async () => {
    const form = await torbay.open(`${handover()}/withdraw`);
    done(await server.command('accept-handoff', { journeyId, handoffId }, { as: 'coordinator-brixham' }));
    const told = await torbay.answer(form, { reason: 'noLongerNeeded' });
    expect(told.status).toBe(409);
    expect(main(told.text)).toMatch(/Brixham Home Care holds since .*: ask them to hand back/);
    expect(await types()).not.toContain('HandoffWithdrawn');
  });

  it('is done once when it is sent twice, whatever came after', async () => {
    const form = await brixham.open(`${handover()}/accept`);
    await brixham.answer(form, takeOver);
    done(await revise());
    const again = await brixham.answer(form, takeOver);
    expect(again.status).toBe(200);
    expect((await types()).filter((type) => type === 'HandoffAccepted')).toHaveLength(1);
  });

  it('tells a receiver nothing that is not theirs to know', async () => {
    const form = await brixham.open(`${handover()}/accept`);
    expect(hiddenIn(form.text)['_seen']).toBe('1');
    const contact = { journeyId, mode: 'visit', kind: 'assessment' };
    done(await server.command('record-contact', contact));
    await brixham.answer(form, takeOver);
    expect(await types()).toContain('HandoffAccepted');
  });
});

describe('Putting right the words of an entry', () => {
  beforeAll(async () => {
    server = await startServer();
    torbay = await PageVisitor.as(server, 'coordinator-torbay');
    ({ journeyId, handoffId } = await offeredToBrixham(server, '1925-06-11'));
  }, 60_000);
  afterAll(() => server.stop());

  it('shows before and after, keeps the original, and no word of it in the clear in the log', async () => {
    const [made] = await server.engine.store.readStream(journeyStream(journeyId));
    const form = await torbay.open(`/journeys/${journeyId}/entries/${made!.eventId}/correct`);
    expect(main(form.text)).toContain('Two falls this week');
    const filled = {
      wrong: 'content',
      'is-referrer': 'generalPractitioner',
      'is-urgency': 'soon',
      reason: 'recordedWrongly',
    };
    const check = await torbay.answer(form, { ...filled, 'is-reason': 'One fall, last week' });
    expect(main(check.text)).toContain('Before: Why');
    await torbay.answer(check, { _step: 'do' });
    const journey = main((await torbay.open(`/journeys/${journeyId}`)).text);
    expect(journey).toContain('One fall, last week');
    expect(journey).toContain('Two falls this week');
    const last = (await server.engine.store.readStream(journeyStream(journeyId))).at(-1)!;
    expect(last.type).toBe('EntryCorrected');
    expect(JSON.stringify(last.data)).not.toContain('One fall');
  });
});

describe('Putting right what an offer says', () => {
  beforeAll(async () => {
    server = await startServer();
    brixham = await PageVisitor.as(server, 'coordinator-brixham');
    torbay = await PageVisitor.as(server, 'coordinator-torbay');
    ({ journeyId, handoffId } = await offeredToBrixham(server, '1925-06-11'));
  }, 60_000);
  afterAll(() => server.stop());

  it('asks again what the offer carries, filled in, and shows before and after', async () => {
    const form = await torbay.open(`${handover()}/revise`);
    expect(main(form.text)).toContain('Afraid of falling');
    const filled = {
      asked: 'Morning and evening calls',
      risks: 'yes',
      riskDetail: 'Fell on the stairs last night',
      safeguarding: 'noneKnown',
      telephone: 'North zone, 01803 555001',
      toldPerson: 'That Brixham may come',
      agreement: 'agreed',
      reason: 'wasMissing',
    };
    const check = await torbay.answer(form, filled);
    expect(main(check.text)).toContain('Before: What the risks are');
    expect(main(check.text)).toContain('Afraid of falling');
    const after = await torbay.answer(check, { _step: 'do' });
    expect(main(after.text)).toContain('What the handover says has been put right');
    const [last] = (await server.engine.store.readStream(journeyStream(journeyId))).slice(-1);
    expect(last?.data).toMatchObject({ revision: 1, changed: ['riskDetail', 'telephone', 'toldPerson'] });
    expect(JSON.stringify(last?.data)).not.toContain('stairs');
  });

  it('tells the receiver at the top of the handover and among the notices', async () => {
    const page = await brixham.open(handover());
    expect(main(page.text)).toMatch(/Put right on .*risks, whom to ring about it, what the person was told/);
    expect(main(page.text)).toContain('Read it again');
    const notices = await brixham.openUntil('/notices', (text) => text.includes('put right'));
    expect(main(notices.text)).toContain('What this handover says was put right: read it again');
  });

  it('says that nothing is otherwise where nothing is', async () => {
    const form = await torbay.open(`${handover()}/revise`);
    const same = {
      asked: 'Morning and evening calls',
      risks: 'yes',
      riskDetail: 'Fell on the stairs last night',
      safeguarding: 'noneKnown',
      telephone: 'North zone, 01803 555001',
      toldPerson: 'That Brixham may come',
      agreement: 'agreed',
      reason: 'wasWrong',
    };
    const check = await torbay.answer(form, same);
    const told = await torbay.answer(check, { _step: 'do' });
    expect(main(told.text)).toContain('It says that already');
  });

  it('is offered to the sender and not to the receiver', async () => {
    expect((await brixham.open(`${handover()}/revise`)).status).toBe(404);
    expect(main((await brixham.open(handover())).text)).not.toContain('/revise');
    expect(main((await torbay.open(handover())).text)).toContain('/revise');
  });
});
