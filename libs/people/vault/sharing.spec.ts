/** Several processes of one organisation on one vault. */
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { deriveId } from '#kernel';
import { inEachPlace } from '../../../test/support/places.js';
import { checkNhsNumber } from '../domain/nhs-number.js';
import { openVault } from './open-vault.js';
import { NhsNumberTakenError, type Registered, type Vault } from './vault.js';

const eva = { givenName: 'Eva', familyName: 'Smith', birthDate: '1925-07-14', nhsNumber: '9434765919' };
const idOf = (name: string) => deriveId('test-person', name);

inEachPlace((here) => {
  const opened: Vault[] = [];
  const keysDir = (name = 'keys') => join(here().directory, name);
  const open = async (keys = keysDir()) => {
    const vault = await openVault({ place: await here().place(), keys });
    opened.push(vault);
    return vault;
  };
  let one: Vault;
  let other: Vault;

  beforeEach(async () => {
    [one, other] = await Promise.all([open(), open()]) as [Vault, Vault];
  });
  afterEach(() => Promise.all(opened.splice(0).map((vault) => vault.close())));

  it('processes that start together on a new vault make one set of keys', async () => {
    await one.register(idOf('eva'), eva);
    expect(await other.open(idOf('eva'), await one.seal(idOf('eva'), 'rings at ten'))).toBe('rings at ten');
    expect(other.commandHash({ reason: 'unsafe' })).toBe(one.commandHash({ reason: 'unsafe' }));
  });

  it('one NHS number registered by two processes at once is one person, and the other is told who', async () => {
    const numbers = Array.from({ length: 100 }, (_, i) => String(9_434_765_000 + i)).filter((number) => checkNhsNumber(number).valid);
    expect(numbers.length).toBeGreaterThan(5);
    for (const nhsNumber of numbers) {
      const held = { ...eva, nhsNumber };
      const ids = [idOf(`first ${nhsNumber}`), idOf(`second ${nhsNumber}`)];
      const outcomes = await Promise.allSettled([one.register(ids[0]!, held), other.register(ids[1]!, held)]);
      const winner = outcomes.findIndex(({ status }) => status === 'fulfilled');
      const loser = outcomes[1 - winner] as PromiseRejectedResult;
      expect(loser.reason).toBeInstanceOf(NhsNumberTakenError);
      expect(loser.reason).toMatchObject({ heldBy: ids[winner] });
      expect((await one.find({ nhsNumber: held.nhsNumber })).map(({ personId }) => personId)).toEqual([ids[winner]]);
    }
  });

  it('one person registered by two processes at once, as a browser that sends twice does, is registered once', async () => {
    const outcomes: readonly Registered[] = await Promise.all([one, other].map((vault) => vault.register(idOf('eva'), eva)));
    expect(outcomes.toSorted()).toEqual(['registered', 'unchanged']);
  });

  it('whom one process registers or corrects, the others find at once', async () => {
    await one.register(idOf('eva'), eva);
    expect(await other.find({ surname: 'smith', birthDate: '1925-07-14' })).toHaveLength(1);
    await other.update(idOf('eva'), { ...eva, familyName: 'Jones' });
    expect(await one.find({ surname: 'Smith', birthDate: '1925-07-14' })).toEqual([]);
    expect(await one.find({ alike: { ...eva, familyName: 'Jones', birthDate: '1926-07-14' } })).toHaveLength(1);
  });

  it('whoever is erased by one process can be registered again by none', async () => {
    await one.register(idOf('eva'), eva);
    await one.destroyKey(idOf('eva'), 'wrongPerson');
    await expect(other.register(idOf('eva'), eva)).rejects.toThrow('was destroyed');
    expect(await other.identity(idOf('eva'))).toEqual({ erased: true });
    expect(await other.register(idOf('the right one'), eva)).toBe('registered');
  });

  it('a destroyed key stays destroyed, whichever copy of the keys is put beside a restored vault', async () => {
    cpSync(keysDir(), keysDir('copy'), { recursive: true });
    await one.register(idOf('eva'), eva);
    await Promise.all(opened.splice(0).map((vault) => vault.close()));
    const restore = await here().backUp();

    const destroying = await open();
    await destroying.destroyKey(idOf('eva'), 'retentionEnded');
    await destroying.close();
    // A process with its own copy of the keys starts, and learns of it.
    const elsewhere = await open(keysDir('copy'));
    await elsewhere.close();
    await restore();

    opened.splice(0);
    const restored = await open(keysDir('copy'));
    expect(await restored.identity(idOf('eva'))).toEqual({ erased: true });
    expect(readFileSync(join(keysDir('copy'), 'destroyed.log'), 'utf8')).toBe(readFileSync(join(keysDir(), 'destroyed.log'), 'utf8'));
  });

  it('a process with other keys does not get in', async () => {
    await open(keysDir('of nobody')).then(
      () => { throw new Error('it got in'); },
      (error: Error) => expect(error.message).toMatch(/master\.key is missing; restore it/),
    );
  });
});
