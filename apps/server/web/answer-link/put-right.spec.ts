import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { journeyStream } from '#kernel';
import { atLink } from '../../testing/link-holder.js';
import { done, offeredToBrixham } from '../../testing/offered.js';
import { PageVisitor } from '../../testing/page-visitor.js';
import { startServer, type Running } from '../../testing/running.js';

interface Link {
  readonly address: string;
  readonly code: string;
}

let server: Running;
let torbay: PageVisitor;
let journeyId: string;
let handoffId: string;
let link: Link;
let people = 0;

const handover = () => `/journeys/${journeyId}/handovers/${handoffId}`;
const main = (text: string) => text.slice(text.indexOf('<main')).replace(/\s+/g, ' ');
const issue = async () =>
  done(await server.command('issue-answer-link', { journeyId, handoffId }))['answerLink'] as Link;
const enter = ({ address, code }: Link) =>
  atLink(server, address, { method: 'POST', body: new URLSearchParams({ code }) });
const putRight = async (riskDetail: string) =>
  done(await server.command('revise-offer', { journeyId, handoffId, reason: 'wasMissing', riskDetail }));
const opened = async () =>
  (await server.engine.store.readStream(journeyStream(journeyId))).filter(({ type }) => type === 'AnswerLinkOpened')
    .length;

describe('An offer that was read by a link before it was put right', () => {
  beforeAll(async () => {
    server = await startServer();
    torbay = await PageVisitor.as(server, 'coordinator-torbay');
  }, 60_000);
  afterAll(() => server.stop());
  beforeEach(async () => {
    ({ journeyId, handoffId } = await offeredToBrixham(server, `${1900 + people++}-03-01`));
    link = await issue();
    const read = await enter(link);
    expect(read.main).toContain('Afraid of falling');
    expect(read.main).not.toContain('was put right');
  });

  it('its sender is told to ring, and offered to make a new link and read out its code', async () => {
    expect((await torbay.open(handover())).text).not.toContain('Make a new link');
    await putRight('Fell on the stairs');
    const page = await torbay.open(handover());
    expect(main(page.text)).toContain('read it by the link before that and has not read it since: ring them, make a new link');
    expect(main(page.text)).toMatch(/href="[^"]*\/answer-link"[^>]*>\s*Make a new link, and read out its code/);
    const form = await torbay.open(`${handover()}/answer-link`);
    expect(main(form.text)).toContain('They read the offer by a link before it was put right');
    const made = await torbay.answer(form, {});
    expect(made.text).toContain('Read this code out on the telephone');
    const after = main((await torbay.open(handover())).text);
    expect(after).toContain('has not opened the new link yet: ring them and read out its code');
    expect(after).not.toContain('Make a new link');
    const [, address] = /id="answer-link">[^<]*?(\/answer\/[^<]*)</.exec(made.text)!;
    const code = /id="answer-code">([^<]*)</.exec(made.text)![1]!.replace(' ', '');
    const read = await enter({ address: address!, code });
    expect(read.main).toMatch(/was put right on[\s\S]*Fell on the stairs/);
    expect(main((await torbay.open(handover())).text)).toContain('has read it by the link since');
    expect((await atLink(server, link.address)).main).toContain('A newer link was made for the same offer');
  });

  it('the link that they have tells them, when it is opened again with its code, and shows the new words', async () => {
    await putRight('Fell on the stairs');
    const again = await enter(link);
    expect(again.main).toMatch(/What this offer says was put right on .*: risks\. Below is what it says now/);
    expect(again.main).toContain('Fell on the stairs');
    expect(again.main).not.toContain('Afraid of falling');
    const page = main((await torbay.open(handover())).text);
    expect(page).toContain('Brixham Home Care has read it by the link since');
    expect(page).not.toContain('Make a new link');
    expect(await opened()).toBe(2);
    await enter(link);
    expect(await opened()).toBe(2);
    await putRight('Fell on the stairs, twice');
    expect(main((await torbay.open(handover())).text)).toContain('has not read it since');
  });

  it('nobody learns without the code that it was put right', async () => {
    await putRight('Fell on the stairs');
    expect((await atLink(server, link.address)).main).not.toContain('put right');
    await issue();
    expect((await enter(link)).main).not.toMatch(/put right|stairs|Smith/);
  });
});
