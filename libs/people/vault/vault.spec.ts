import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sqlitePlace } from '#database';
import { deriveId } from '#kernel';
import { inEachPlace } from '../../../test/support/places.js';
import type { Identity } from '../domain/identity.js';
import { mrsSmith, smith, someoneElse } from '../testing/smith.js';
import { openVault } from './open-vault.js';
import { keptByVault } from './tables.js';
import { NhsNumberTakenError, type Vault } from './vault.js';

inEachPlace((here) => {
  let vault: Vault;
  const open = async () => openVault({ place: await here().place(), keys: join(here().directory, 'keys') });

  beforeEach(async () => {
    vault = await open();
  });
  afterEach(() => vault.close());

  describe('Registering a person', () => {
    it('keeps the identity, and the NHS number without spaces, over a restart', async () => {
      expect(await vault.register(mrsSmith, smith)).toBe('registered');
      await vault.close();
      vault = await open();
      expect(await vault.identity(mrsSmith)).toEqual({ ...smith, nhsNumber: '9434765919' });
    });

    it('twice under the same id changes nothing, and says so where the second identity is another one', async () => {
      await vault.register(mrsSmith, smith);
      expect(await vault.register(mrsSmith, { ...smith, nhsNumber: '9434765919' })).toBe('unchanged');
      expect(await vault.register(mrsSmith, { ...smith, givenName: 'Eva' })).toBe('differs');
      expect(await vault.identity(mrsSmith)).toMatchObject({ givenName: 'Evangeline' });
    });

    it('refuses an NHS number that another person holds, and says by id who that is', async () => {
      await vault.register(mrsSmith, smith);
      const attempt = () => vault.register(someoneElse, { ...smith, givenName: 'Mary' });
      await expect(attempt()).rejects.toThrow(NhsNumberTakenError);
      await expect(attempt()).rejects.toMatchObject({ heldBy: mrsSmith });
      await expect(attempt()).rejects.not.toThrow(/943/);
      expect(await vault.identity(someoneElse)).toBeUndefined();
    });

    it('refuses an impossible identity by the names of its fields, never their values', async () => {
      const attempt = () => vault.register(mrsSmith, { ...smith, nhsNumber: '9434765918', birthDate: '1925-02-30' });
      await expect(attempt()).rejects.toMatchObject({ fields: ['birthDate', 'nhsNumber'] });
      await expect(attempt()).rejects.not.toThrow(/9434765918|1925/);
    });

    it('many people at once is all of them or none, and leaves no stray key behind', async () => {
      const twice = [
        { personId: mrsSmith, identity: smith },
        { personId: mrsSmith, identity: smith },
        { personId: someoneElse, identity: smith },
      ];
      await expect(vault.registerAll(twice)).rejects.toThrow(NhsNumberTakenError);
      expect(await vault.identity(mrsSmith)).toBeUndefined();
      await vault.register(mrsSmith, smith);
      const sealed = await vault.seal(mrsSmith, 'rings in the evening');
      await vault.close();
      vault = await open();
      expect(await vault.open(mrsSmith, sealed)).toBe('rings in the evening');
    });

    it('can be corrected, and is then found under what is right only', async () => {
      await vault.register(mrsSmith, smith);
      await vault.update(mrsSmith, { ...smith, familyName: 'Smithers', nhsNumber: '9434765870' });
      expect(await vault.find({ nhsNumber: '9434765919' })).toEqual([]);
      expect(await vault.find({ surname: 'Smitherington', birthDate: smith.birthDate })).toEqual([]);
      expect(await vault.find({ surname: 'smithers', birthDate: smith.birthDate })).toHaveLength(1);
      await expect(vault.update(someoneElse, smith)).rejects.toThrow(`person ${someoneElse} is not in the vault`);
    });
  });

  describe('Searching', () => {
    it('by NHS number finds one person, however the number is written', async () => {
      await vault.register(mrsSmith, smith);
      for (const nhsNumber of ['9434765919', '943 476 5919', '943-476-5919'])
        expect((await vault.find({ nhsNumber })).map((match) => match.personId)).toEqual([mrsSmith]);
      expect(await vault.find({ nhsNumber: '9434765870' })).toEqual([]);
      expect(await vault.find({ nhsNumber: 'not a number' })).toEqual([]);
    });

    it('by surname and date of birth finds everybody of that name and day', async () => {
      const withoutNumber = { givenName: 'Nuala', birthDate: '1925-07-14' };
      await vault.register(mrsSmith, { ...smith, familyName: "O'Brien" });
      await vault.register(someoneElse, { ...withoutNumber, familyName: 'OBRIEN' });
      const dayAfter = { ...withoutNumber, familyName: 'O’Brien', birthDate: '1925-07-15' };
      await vault.register(deriveId('test-person', 'third'), dayAfter);
      const found = await vault.find({ surname: 'o’brien', birthDate: '1925-07-14' });
      expect(found.map((match) => match.identity.givenName).toSorted()).toEqual(['Evangeline', 'Nuala']);
    });

    it('for whoever is nearly the same finds another surname, another day and another year of birth, one of them at a time', async () => {
      const nora = { givenName: 'Nora', familyName: 'Hartley', birthDate: '1930-04-17' };
      await vault.register(mrsSmith, nora);
      const isFound = async (more: Partial<Identity>) => (await vault.find({ alike: { ...nora, ...more } })).length === 1;
      expect(await isFound({})).toBe(true);
      expect(await isFound({ familyName: 'Heartley' })).toBe(true);
      expect(await isFound({ givenName: 'Norah', birthDate: '1930-07-14' })).toBe(true);
      expect(await isFound({ birthDate: '1931-04-17' })).toBe(true);
      expect(await isFound({ givenName: 'Agnes' })).toBe(false);
      expect(await isFound({ familyName: 'Heartley', birthDate: '1931-04-17' })).toBe(false);
    });

    it('for whoever is nearly the same finds nobody by what was put right, and nobody whose key was destroyed', async () => {
      await vault.register(mrsSmith, smith);
      await vault.update(mrsSmith, { ...smith, familyName: 'Jones', birthDate: '1940-01-02' });
      expect(await vault.find({ alike: { ...smith, familyName: 'Smithers' } })).toEqual([]);
      const alike = { ...smith, familyName: 'Johns', birthDate: '1940-01-02' };
      expect(await vault.find({ alike })).toHaveLength(1);
      await vault.destroyKey(mrsSmith, 'retentionEnded');
      expect(await vault.find({ alike })).toEqual([]);
      const { queries, close } = await (await here().place()).open(keptByVault);
      expect(await queries.selectFrom('likeness').selectAll().execute()).toEqual([]);
      await close();
    });

    it('for a page of people answers for each that is known', async () => {
      await vault.register(mrsSmith, smith);
      const identities = await vault.identities([mrsSmith, someoneElse, mrsSmith]);
      expect([...identities.keys()]).toEqual([mrsSmith]);
    });
  });

  describe('Free text', () => {
    it('of any kind comes back as it was', async () => {
      await vault.register(mrsSmith, smith);
      await fc.assert(
        fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 300 }), async (text) => {
          const sealed = await vault.seal(mrsSmith, text);
          expect(sealed).toMatch(/^sealed:v1:[A-Za-z0-9+/]+=*$/);
          expect(await vault.open(mrsSmith, sealed)).toBe(text);
        }),
      );
    });

    it('is sealed another way every time', async () => {
      await vault.register(mrsSmith, smith);
      const seal = await vault.sealing(mrsSmith);
      const ivs = Array.from({ length: 10_000 }, () => seal('same').slice(10, 26));
      expect(new Set(ivs).size).toBe(10_000);
    });

    it('opens for nobody else, and not after a change of one bit', async () => {
      await vault.register(mrsSmith, smith);
      await vault.register(someoneElse, { givenName: 'Other', familyName: 'Other', birthDate: '1930-01-01' });
      const sealed = await vault.seal(mrsSmith, 'afraid of falling');
      await expect(vault.open(someoneElse, sealed)).rejects.toThrow('does not belong here');
      const bytes = Buffer.from(sealed.slice(10), 'base64');
      for (const place of [0, 15, bytes.length - 1]) {
        const changed = Buffer.from(bytes);
        changed[place]! ^= 1;
        await expect(vault.open(mrsSmith, `sealed:v1:${changed.toString('base64')}`)).rejects.toThrow('was changed');
      }
      await expect(vault.open(mrsSmith, 'sealed:v1:AAAA')).rejects.toThrow('was changed');
      await expect(vault.open(mrsSmith, 'afraid of falling')).rejects.toThrow('does not belong here');
    });

    it('is not sealed for a person nobody knows', async () => {
      await expect(vault.seal(mrsSmith, 'text')).rejects.toThrow(`person ${mrsSmith} is not in the vault`);
    });
  });

  describe('The hash of a command', () => {
    it('is the same for the same content in any order of keys, and after a restart', async () => {
      const hash = vault.commandHash({ reason: 'unsafe', 10: 'b', 9: 'a' });
      await vault.close();
      vault = await open();
      expect(vault.commandHash({ 9: 'a', 10: 'b', reason: 'unsafe' })).toBe(hash);
      expect(vault.commandHash({ 9: 'a', 10: 'b', reason: 'safe' })).not.toBe(hash);
    });

    it('cannot be computed without the key of this store', async () => {
      const elsewhere = await openVault({ place: sqlitePlace(join(here().directory, 'b')), keys: join(here().directory, 'b', 'keys') });
      expect(elsewhere.commandHash({ reason: 'unsafe' })).not.toBe(vault.commandHash({ reason: 'unsafe' }));
      await elsewhere.close();
      expect(() => vault.commandHash(undefined)).toThrow(TypeError);
    });
  });
});
