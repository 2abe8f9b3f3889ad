import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { done, offeredToBrixham, referralAnswers } from '../../testing/offered.js';
import { PageVisitor, type Filled, type Seen } from '../../testing/page-visitor.js';
import { startServer, type Running } from '../../testing/running.js';

let server: Running;
let torbay: PageVisitor;
let year = 1900;
let edith: { readonly personId: string; readonly journeyId: string; readonly handoffId: string };

const main = (text: string) => text.slice(text.indexOf('<main')).replace(/\s+/g, ' ');
const brixham = { as: 'coordinator-brixham' } as const;
const checked = async (): Promise<Seen> => {
  const form = await torbay.send('/referrals/new', { _step: 'who', who: edith.personId });
  return torbay.answer(form, referralAnswers);
};
const accepted = async () =>
  done(
    await server.command('accept-handoff', { journeyId: edith.journeyId, handoffId: edith.handoffId }, brixham),
  );

describe('While a referral is being taken', () => {
  beforeAll(async () => {
    server = await startServer();
    torbay = await PageVisitor.as(server, 'coordinator-torbay');
  }, 60_000);
  afterAll(() => server.stop());
  beforeEach(async () => {
    edith = await offeredToBrixham(server, `${year++}-03-01`);
    await server.engine.projector!.waitFor((await server.engine.store.head()).position!, 30_000);
  });

  it('for somebody known, what others recorded of them is told first, and nothing is taken', async () => {
    const check = await checked();
    expect(check.text).toContain('Check the referral before you record it');
    await accepted();
    const before = await server.events();
    const told = await torbay.answer(check, { _step: 'do' });
    expect(told.status).toBe(409);
    expect(main(told.text)).toMatch(/More was recorded while this form was open[\s\S]*Handover accepted by Brixham Home Care/);
    expect(await server.events()).toBe(before);
    const again = await torbay.answer(await torbay.answer(told, referralAnswers), { _step: 'do' });
    expect(again.text).toContain('The referral has been recorded');
  });

  it('sent twice it is taken once, whatever came after', async () => {
    const check = await checked();
    const taken = await torbay.answer(check, { _step: 'do' });
    expect(taken.text).toContain('The referral has been recorded');
    await accepted();
    expect((await torbay.answer(check, { _step: 'do' })).path).toBe(taken.path);
  });

  it('for somebody new, whoever was registered meanwhile with the same details is asked about, and nobody is registered', async () => {
    const who = { givenName: 'Enid', familyName: 'Tregear', birthDate: '1926-08-09' };
    const form: Filled = {
      who: 'new',
      _form: randomUUID(),
      givenName: who.givenName,
      familyName: who.familyName,
      sex: 'female',
      'born-day': '9',
      'born-month': '8',
      'born-year': '1926',
      ...referralAnswers,
    };
    const check = await torbay.send('/referrals/new', { ...form, _step: 'check' });
    expect(check.text).toContain('Check the referral before you record it');
    done(await server.command('register-person', who, brixham));
    const before = await server.events();
    const asked = await torbay.answer(check, { _step: 'do' });
    expect(main(asked.text)).toMatch(/Is it somebody who is known already\?[\s\S]*Enid Tregear, born 9 August 1926/);
    expect(await server.events()).toBe(before);
  });
});
