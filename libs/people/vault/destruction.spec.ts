import { appendFileSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { deriveId, fixedClock } from '#kernel';
import { inEachPlace } from '../../../test/support/places.js';
import { openVault } from './open-vault.js';
import type { Vault } from './vault.js';

const mrsSmith = deriveId('test-person', 'smith');
const identity = { givenName: 'Eva', familyName: 'Smith', birthDate: '1925-07-14', nhsNumber: '9434765919' };
const erased = { erased: true };
const clock = fixedClock('2011-03-01T08:05:00.000Z');

inEachPlace((here) => {
  let vault: Vault;
  const keys = () => join(here().directory, 'keys');
  const destroyedLog = () => join(keys(), 'destroyed.log');
  const open = async (keysDir = keys()) => openVault({ place: await here().place(), keys: keysDir, clock });

  beforeEach(async () => {
    vault = await open();
    await vault.register(mrsSmith, identity);
  });
  afterEach(() => vault.close());

  /** As an operator would: stopped, changed, started again. */
  const restartWith = async (change: () => unknown) => {
    await vault.close();
    await change();
    vault = await open();
  };

  describe("Destroying a person's key", () => {
    it('leaves nothing to read: no identity, no text, no way to find them', async () => {
      const sealed = await vault.seal(mrsSmith, 'afraid of falling');
      await vault.destroyKey(mrsSmith, 'retentionEnded');
      expect(await vault.identity(mrsSmith)).toEqual(erased);
      expect((await vault.identities([mrsSmith])).get(mrsSmith)).toEqual(erased);
      expect(await vault.open(mrsSmith, sealed)).toEqual(erased);
      expect(await vault.find({ nhsNumber: '9434765919' })).toEqual([]);
      expect(await vault.find({ surname: 'Smith', birthDate: '1925-07-14' })).toEqual([]);
    });

    it('is final: the id takes no new identity and no new text', async () => {
      await vault.destroyKey(mrsSmith, 'recordedUnlawfully');
      await expect(vault.register(mrsSmith, identity)).rejects.toThrow('was destroyed');
      await expect(vault.update(mrsSmith, identity)).rejects.toThrow('was destroyed');
      await expect(vault.seal(mrsSmith, 'text')).rejects.toThrow('was destroyed');
    });

    it('frees the NHS number for the person it belongs to', async () => {
      await vault.destroyKey(mrsSmith, 'wrongPerson');
      expect(await vault.register(deriveId('test-person', 'right'), identity)).toBe('registered');
    });

    it('twice does nothing, and of somebody unknown is an error', async () => {
      await vault.destroyKey(mrsSmith, 'wrongPerson');
      await vault.destroyKey(mrsSmith, 'retentionEnded');
      expect(readFileSync(destroyedLog(), 'utf8')).toBe(
        `{"person":"${mrsSmith}","reason":"wrongPerson","at":"2011-03-01T08:05:00.000Z"}\n`,
      );
      await expect(vault.destroyKey(deriveId('nobody'), 'wrongPerson')).rejects.toThrow('is not in the vault');
    });

    it('is seen by another process within about a second', async () => {
      const other = await open();
      const sealed = await other.seal(mrsSmith, 'afraid of falling');
      await vault.destroyKey(mrsSmith, 'retentionEnded');
      await sleep(1100);
      expect(await other.open(mrsSmith, sealed)).toEqual(erased);
      await other.close();
    });
  });

  describe('A destroyed key stays destroyed', () => {
    it('when a vault from before the destruction is restored', async () => {
      const sealed = await vault.seal(mrsSmith, 'afraid of falling');
      await vault.close();
      const restore = await here().backUp();
      vault = await open();
      await vault.destroyKey(mrsSmith, 'retentionEnded');
      await restartWith(restore);
      expect(await vault.identity(mrsSmith)).toEqual(erased);
      expect(await vault.open(mrsSmith, sealed)).toEqual(erased);
      expect(await vault.find({ nhsNumber: '9434765919' })).toEqual([]);
      await expect(vault.register(mrsSmith, identity)).rejects.toThrow('was destroyed');
    });

    it('when the restored vault did not know the person at all', async () => {
      const later = deriveId('test-person', 'later');
      await vault.close();
      const restore = await here().backUp();
      vault = await open();
      await vault.register(later, { givenName: 'L', familyName: 'Later', birthDate: '1930-01-01' });
      await vault.destroyKey(later, 'retentionEnded');
      await restartWith(restore);
      await expect(vault.register(later, identity)).rejects.toThrow('was destroyed');
    });

    it('when the machine stopped between the tombstone and the erasure', async () => {
      const entry = { person: mrsSmith, reason: 'wrongPerson', at: '2011-03-01T08:05:00.000Z' };
      await restartWith(() => writeFileSync(destroyedLog(), `${JSON.stringify(entry)}\n`));
      expect(await vault.identity(mrsSmith)).toEqual(erased);
    });

    it('and a tombstone that was cut off in writing, acknowledged to nobody, destroys nothing', async () => {
      await restartWith(() => writeFileSync(destroyedLog(), `{"person":"${mrsSmith}","rea`));
      expect(await vault.identity(mrsSmith)).toMatchObject({ familyName: 'Smith' });
      await vault.destroyKey(mrsSmith, 'retentionEnded');
      await restartWith(() => undefined);
      expect(await vault.identity(mrsSmith)).toEqual(erased);
    });

    it('and a list of tombstones that cannot be read stops the start', async () => {
      await vault.close();
      appendFileSync(destroyedLog(), '{"person":1}\n');
      await expect(open()).rejects.toThrow(/destroyed\.log line 1 cannot be read/);
      rmSync(destroyedLog());
      vault = await open();
    });
  });

  describe('The vault refuses to open', () => {
    it('without its master key, rather than make another', async () => {
      await vault.close();
      renameSync(join(here().directory, 'keys'), join(here().directory, 'kept'));
      await expect(open()).rejects.toThrow(/master\.key is missing; restore it/);
      renameSync(join(here().directory, 'kept'), join(here().directory, 'keys'));
      vault = await open();
    });

    it('with the master key of another store', async () => {
      await vault.close();
      const file = join(here().directory, 'keys', 'master.key');
      const own = readFileSync(file);
      writeFileSync(file, `${Buffer.alloc(32, 7).toString('base64url')}\n`);
      await expect(open()).rejects.toThrow('was written under another master key');
      writeFileSync(file, own);
      vault = await open();
    });
  });
});
