import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { journeyStream } from '#kernel';
import { done, offeredToBrixham } from '../../testing/offered.js';
import { PageVisitor } from '../../testing/page-visitor.js';
import { startServer, type Running } from '../../testing/running.js';

let server: Running;
let brixham: PageVisitor;
let torbay: PageVisitor;
let journeyId: string;
let handover: string;

const main = (text: string) => text.slice(text.indexOf('<main')).replace(/\s+/g, ' ');
const correctIn = (text: string): string => /href="([^"]*\/correct)">Put right what we found/.exec(text)![1]!;

describe('What the receiver found', () => {
  beforeAll(async () => {
    server = await startServer();
    brixham = await PageVisitor.as(server, 'coordinator-brixham');
    torbay = await PageVisitor.as(server, 'coordinator-torbay');
    const offered = await offeredToBrixham(server, '1925-06-11');
    journeyId = offered.journeyId;
    handover = `/journeys/${journeyId}/handovers/${offered.handoffId}`;
    const accepted = { journeyId, handoffId: offered.handoffId };
    done(await server.command('accept-handoff', accepted, { as: 'coordinator-brixham' }));
    const found = { asDescribed: 'partly', missing: 'medicines', missingDetail: 'She takes insulin' };
    const contact = { ...accepted, mode: 'visit', ...found };
    done(await server.command('record-first-contact', contact, { as: 'coordinator-brixham' }));
  }, 60_000);
  afterAll(() => server.stop());

  it('is put right in place, with a reason, and the sender reads the new answer and that it was put right', async () => {
    const form = await brixham.open(correctIn((await brixham.open(handover)).text));
    expect(main(form.text)).toContain('She takes insulin');
    expect(main(form.text)).toMatch(/value="partly" checked/);
    const filled = { wrong: 'content', 'is-mode': 'visit', 'is-asDescribed': 'partly', reason: 'recordedWrongly' };
    const other = { ...filled, 'is-missing': 'risks', 'is-missingDetail': 'She has fallen twice' };
    const check = await brixham.answer(form, other);
    expect(main(check.text)).toMatch(/Before: What was missing most[\s\S]*Medicines/i);
    const after = await brixham.answer(check, { _step: 'do' });
    expect(main(after.text)).toContain('The entry has been put right');
    const read = main((await torbay.open(handover)).text);
    expect(read).toContain('She has fallen twice');
    expect(read).not.toContain('insulin');
    expect(read).toContain('Put right on');
    const last = (await server.engine.store.readStream(journeyStream(journeyId))).at(-1)!;
    expect(last).toMatchObject({ type: 'EntryCorrected', data: { entryType: 'FirstContactRecorded' } });
    expect(JSON.stringify(last.data)).not.toContain('fallen');
  });

  it('was as described after all: what had been missing is gone from the page, and kept on the journey', async () => {
    const form = await brixham.open(correctIn((await brixham.open(handover)).text));
    const check = await brixham.answer(form, {
      wrong: 'content',
      'is-mode': 'visit',
      'is-asDescribed': 'yes',
      reason: 'recordedWrongly',
    });
    await brixham.answer(check, { _step: 'do' });
    const read = main((await torbay.open(handover)).text);
    expect(read).toMatch(/Was the person as described\?<\/dt><dd[^>]*>Yes/);
    expect(read).not.toMatch(/fallen twice|What was missing most/);
    expect(main((await torbay.open(`/journeys/${journeyId}`)).text)).toContain('She takes insulin');
  });

  it('is put right by nobody but those who wrote it', async () => {
    expect((await torbay.open(handover)).text).not.toContain('Put right what we found');
  });
});
