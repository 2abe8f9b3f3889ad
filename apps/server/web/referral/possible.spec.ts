import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { personStream } from '#kernel';
import { referralAnswers } from '../../testing/offered.js';
import { PageVisitor, type Filled } from '../../testing/page-visitor.js';
import { startServer, type Running } from '../../testing/running.js';

let server: Running;
let torbay: PageVisitor;
let edith: string;

const birth = { 'born-day': '1', 'born-month': '3', 'born-year': '1925' };

beforeAll(async () => {
  server = await startServer();
  torbay = await PageVisitor.as(server, 'coordinator-torbay');
  const identity = { givenName: 'Edith', familyName: 'Smith', birthDate: '1925-03-01' };
  edith = String((await server.command('register-person', identity)).body['personId']);
}, 30_000);
afterAll(() => server.stop());

const send = (form: Filled) => torbay.send('/referrals/new', form);
/** Somebody new of that name and birth date, up to where the answers are checked. */
const somebodyNew = (more: Filled = {}): Filled => ({
  who: 'new',
  _form: randomUUID(),
  givenName: 'Edna',
  familyName: 'Smith',
  sex: 'female',
  ...birth,
  ...referralAnswers,
  ...more,
});

describe('Somebody of the same name and birth date is known already', () => {
  it('no journey opens before it is said who it is, also where the form is sent as if it had been checked', async () => {
    const before = await server.events();
    for (const _step of ['check', 'do']) {
      const asked = await send({ ...somebodyNew(), _step });
      expect(asked.text).toContain('Is it somebody who is known already?');
      expect(asked.text).toContain('Edith Smith, born 1 March 1925');
    }
    expect(await server.events()).toBe(before);
  });

  it('an answer is asked for until there is one, and "somebody else" needs a reason', async () => {
    const first = await send({ ...somebodyNew(), _step: 'check' });
    expect(first).toMatchObject({ status: 200, text: expect.not.stringContaining('There is a problem') });
    expect((await torbay.answer(first, {})).text).toContain('Say whether it is the same person');
    const asked = await torbay.answer(first, { [`match-${edith}`]: 'other' });
    expect(asked.status).toBe(422);
    expect(asked.text).toContain('Select how you know that it is somebody else');
  });

  it('"somebody else, because …" registers them, and the answer is kept with the registration', async () => {
    const form = somebodyNew({ [`match-${edith}`]: 'other', [`because-${edith}`]: 'anotherFirstName' });
    const check = await send({ ...form, _step: 'check' });
    expect(check.text).toContain('Another first name');
    const done = await torbay.answer(check, { _step: 'do' });
    expect(done.text).toMatch(/The referral has been recorded[\s\S]*Edna Smith/);
    expect((await torbay.answer(check, { _step: 'do' })).path).toBe(done.path);
    const known = await server.engine.vault.find({ surname: 'Smith', birthDate: '1925-03-01' });
    const edna = known.find(({ identity }) => identity.givenName === 'Edna')!.personId;
    const [registered] = await server.engine.store.readStream(personStream(edna));
    expect(registered!.data).toMatchObject({ notTheSame: [{ person: edith, because: 'anotherFirstName' }] });
  });

  it('"the same person" takes the referral onto the record that is there', async () => {
    const known = (await server.engine.vault.find({ surname: 'Smith', birthDate: '1925-03-01' })).map(({ personId }) => personId);
    const others = known
      .filter((id) => id !== edith)
      .flatMap((id) => [
        [`match-${id}`, 'other'],
        [`because-${id}`, 'anotherFirstName'],
      ]);
    const answers: Filled = { [`match-${edith}`]: 'same', ...(Object.fromEntries(others) as Filled) };
    const check = await send({ ...somebodyNew(answers), _step: 'do' });
    expect(check.text).toMatch(/Edith Smith[\s\S]*Check the referral before you record it/);
    const done = await torbay.answer(check, { _step: 'do' });
    expect(done.text).toMatch(/The referral has been recorded[\s\S]*Edith Smith/);
    expect(await server.engine.vault.find({ surname: 'Smith', birthDate: '1925-03-01' })).toHaveLength(known.length);
  });

  it('one alone can be the same person', async () => {
    const known = await server.engine.vault.find({ surname: 'Smith', birthDate: '1925-03-01' });
    const all = Object.fromEntries(known.map(({ personId }) => [`match-${personId}`, 'same']));
    const asked = await send({ ...somebodyNew(all), _step: 'check', _asked: 'yes' });
    expect(asked.text).toContain('Say of one alone that it is the same person');
  });
});

describe('Somebody who is nearly the same is known already', () => {
  const nora = { givenName: 'Nora', familyName: 'Hartley', birthDate: '1930-04-17' };
  const almost: Filled = { givenName: 'Norah', familyName: 'Hartly', 'born-day': '17', 'born-month': '4', 'born-year': '1930' };

  it('and it is asked whether it is the same person', async () => {
    const { personId } = (await server.command('register-person', nora)).body;
    const asked = await send({ ...somebodyNew(almost), _step: 'check' });
    expect(asked.text).toContain('Nora Hartley, born 17 April 1930');
    const same = await send({ ...somebodyNew({ ...almost, [`match-${String(personId)}`]: 'same' }), _step: 'check' });
    expect(same.text).toMatch(/Nora Hartley[\s\S]*Check the referral before you record it/);
  });

  it('but nothing is said of somebody whom another organisation alone looks after', async () => {
    const brixham = await PageVisitor.as(server, 'coordinator-brixham');
    const who = { givenName: 'Bertha', familyName: 'Pascoe', birthDate: '1931-10-02' };
    const { personId } = (await server.command('register-person', who)).body;
    const body = { personId, pathway: 'torbay-older-people', referrer: 'self', to: 'torbay-north-zone', urgency: 'soon', reason: 'Help.', accept: true };
    const taken = await server.command('take-referral', body);
    await server.engine.projector!.waitFor(String(taken.body['position']), 10_000);
    const form = somebodyNew({ givenName: 'Bertha', familyName: 'Pasco', 'born-day': '2', 'born-month': '10', 'born-year': '1931' });
    expect((await torbay.send('/referrals/new', { ...form, _step: 'check' })).text).toContain('Bertha Pascoe');
    expect((await brixham.send('/referrals/new', { ...form, _step: 'check' })).text).not.toContain('somebody who is known already');
  });
});
