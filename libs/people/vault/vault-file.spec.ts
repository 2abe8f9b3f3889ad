/** What holds of the vault as a file: the bytes on disk, and files of earlier releases. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sqlitePlace } from '#database';
import { mrsSmith, smith, someoneElse } from '../testing/smith.js';
import { openVault } from './open-vault.js';
import type { Vault } from './vault.js';

let directory: string;
let vault: Vault;
const vaultFile = () => join(directory, 'vault.db');
const open = () => openVault({ place: sqlitePlace(directory), keys: join(directory, 'keys') });

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'throughcare-vault-'));
  vault = await open();
});
afterEach(async () => {
  await vault.close();
  rmSync(directory, { recursive: true });
});

describe('What lies on disk', () => {
  it('shows no name, number, address or date of a person in any file, open or closed', async () => {
    await vault.register(mrsSmith, smith);
    await vault.find({ surname: 'Smitherington', birthDate: smith.birthDate });
    await vault.seal(mrsSmith, 'afraid of falling');
    const everything = () =>
      readdirSync(directory, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => readFileSync(join(entry.parentPath, entry.name)).toString('latin1').toLowerCase())
        .join();
    const secrets = ['evangeline', 'smitherington', '9434765919', '943 476 5919', 'fictitious', '01803', '1925-07-14'];
    for (const state of ['open', 'closed']) {
      const bytes = everything();
      expect(bytes).toContain(mrsSmith);
      expect(secrets.filter((secret) => bytes.includes(secret))).toEqual([]);
      if (state === 'open') await vault.close();
    }
    vault = await open();
  });

  it('keeps its keys for their owner only', async () => {
    for (const name of ['master', 'index', 'command'])
      expect(statSync(join(directory, 'keys', `${name}.key`)).mode & 0o777).toBe(0o600);
  });

  it('is overwritten where a key is destroyed, the wrapped key too', async () => {
    await vault.register(mrsSmith, smith);
    const key = wrappedKey();
    const onDisk = () => [vaultFile(), `${vaultFile()}-wal`].some((file) => readFileSync(file).includes(key));
    expect(onDisk()).toBe(true);
    await vault.destroyKey(mrsSmith, 'retentionEnded');
    expect(onDisk()).toBe(false);
  });
});

describe('A vault of an earlier release', () => {
  it('finds whoever is nearly the same, also from before there was such a search', async () => {
    await vault.register(mrsSmith, smith);
    await vault.register(someoneElse, { givenName: 'Nuala', familyName: 'OBrien', birthDate: '1925-07-14' });
    await vault.destroyKey(someoneElse, 'wrongPerson');
    await vault.close();
    const db = new DatabaseSync(join(directory, 'vault.db'));
    db.exec('drop table likeness; drop index person_destroyed; alter table vault_key drop column changes; pragma user_version = 1');
    db.close();
    vault = await open();
    expect((await vault.find({ alike: { ...smith, familyName: 'Smithers' } })).map(({ personId }) => personId)).toEqual([mrsSmith]);
  });
});

describe('A vault of a newer release', () => {
  it('is not opened', async () => {
    await vault.close();
    const db = new DatabaseSync(vaultFile());
    db.exec('pragma user_version = 4');
    db.close();
    await expect(open()).rejects.toThrow('use the newer release');
    const repaired = new DatabaseSync(vaultFile());
    repaired.exec('pragma user_version = 3');
    repaired.close();
    vault = await open();
  });
});

function wrappedKey(): Buffer {
  const db = new DatabaseSync(vaultFile(), { readOnly: true });
  const row = db.prepare('select wrapped_key from person').get() as { wrapped_key: Uint8Array };
  db.close();
  return Buffer.from(row.wrapped_key);
}
