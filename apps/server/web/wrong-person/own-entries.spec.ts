import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { deriveId, journeyStream, personStream, type NewEvent } from '#kernel';
import { recordOf } from '#pathway';
import { done, referral } from '../../testing/offered.js';
import { PageVisitor, type Seen } from '../../testing/page-visitor.js';
import { startServer, type Running } from '../../testing/running.js';

let server: Running;
let torbay: PageVisitor;
let name: string;
let wrong: { readonly personId: string; readonly journeyId: string };
let right: typeof wrong;

const main = (text: string) => text.slice(text.indexOf('<main')).replace(/\s+/g, ' ');
const lineOf = ({ text }: Seen, title: string, link: string): string =>
  text.split('<li class="').find((part) => part.includes(title) && part.includes(link)) ?? '';
const linkIn = (line: string, link: string): string => new RegExp(`href="([^"]*${link})"`).exec(line)![1]!;
const recordedOf = async (personId: string, journeyId: string) =>
  recordOf(personId, [
    ...(await server.engine.store.readStream(personStream(personId))),
    ...(await server.engine.store.readStream(journeyStream(journeyId))),
  ]);

async function somebody(birthDate: string): Promise<typeof wrong> {
  const who = { givenName: 'Nora', familyName: name, birthDate };
  const { personId } = done(await server.command('register-person', who));
  const { journeyId, position } = done(await server.command('take-referral', { ...referral, personId }));
  await server.engine.projector!.waitFor(String(position), 30_000);
  return { personId: String(personId), journeyId: String(journeyId) };
}

/** As an import would have written it. */
async function toldBySource(personId: string, type: string, data: object): Promise<void> {
  const stream = personStream(personId);
  const [registration] = await server.engine.store.readStream(stream);
  const { revision: _r, position: _p, ordinal: _o, stream: _s, ...made } = registration!;
  const ids = { eventId: randomUUID(), commandId: randomUUID() };
  await server.engine.store.append(stream, 'any', [{ ...made, ...ids, type, schemaVersion: 1, data } as NewEvent]);
}

async function moved(title: string): Promise<Seen> {
  const line = lineOf(await torbay.open(`/journeys/${wrong.journeyId}`), title, '/somebody-else');
  const search = { _step: 'search', by: 'name', surname: name };
  const start = await torbay.open(linkIn(line, '/somebody-else'));
  const born = { 'birthDate-day': '4', 'birthDate-month': '5', 'birthDate-year': '1931' };
  const found = await torbay.answer(start, { ...search, ...born });
  const check = await torbay.answer(found, { _step: 'who', to: `${right.personId}:${right.journeyId}` });
  return torbay.answer(check, { _step: 'do' });
}

describe('What another system told of, on the wrong record', () => {
  beforeAll(async () => {
    server = await startServer();
    torbay = await PageVisitor.as(server, 'coordinator-torbay');
  }, 60_000);
  afterAll(() => server.stop());
  beforeEach(async () => {
    name = `Smith${randomUUID().slice(0, 8).replace(/\d/g, (digit) => 'ghijklmnop'.charAt(Number(digit)))}`;
    wrong = await somebody('1930-04-03');
    right = await somebody('1931-05-04');
  });

  it('an attendance and a care plan go to the right one from the page', async () => {
    await toldBySource(wrong.personId, 'EmergencyAttended', { attendance: deriveId('attendance', name) });
    await toldBySource(wrong.personId, 'CarePlanAgreed', { plan: deriveId('plan', name), kind: 'diabetes' });
    expect((await moved('Came to an emergency department')).text).toContain('Moved to the right record');
    expect((await moved('Care plan agreed')).text).toContain('Moved to the right record');
    const [left, there] = [await recordedOf(wrong.personId, wrong.journeyId), await recordedOf(right.personId, right.journeyId)];
    expect([left.attendances.length, left.plans.length]).toEqual([0, 0]);
    expect([there.attendances.length, there.plans.length]).toEqual([1, 1]);
  });

  it('what was moved here and is nobody’s is taken back on the page, and counts on neither record', async () => {
    await toldBySource(wrong.personId, 'EmergencyAttended', { attendance: deriveId('attendance', name) });
    await moved('Came to an emergency department');
    const there = await torbay.open(`/journeys/${right.journeyId}`);
    const form = await torbay.open(linkIn(lineOf(there, 'Came to an emergency department', '/correct'), '/correct'));
    expect(main(form.text)).toContain('Taken back it counts on neither');
    expect(form.text).not.toMatch(/name="wrong"[^>]*value="(time|content)"/);
    const check = await torbay.answer(form, { wrong: 'all', reason: 'recordedWrongly' });
    const after = await torbay.answer(check, { _step: 'do' });
    expect(main(after.text)).toContain('The entry has been put right');
    for (const { personId, journeyId } of [wrong, right])
      expect((await recordedOf(personId, journeyId)).attendances).toEqual([]);
    expect(main((await torbay.open(`/journeys/${right.journeyId}`)).text)).toContain('it does not count');
  });
});
