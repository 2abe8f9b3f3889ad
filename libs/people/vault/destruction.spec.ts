import { appendFileSync, copyFileSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { deriveId, fixedClock } from '#kernel';
import { openVault, type Vault } from './vault.js';

const mrsSmith = deriveId('test-person', 'smith');
const identity = { givenName: 'Eva', familyName: 'Smith', birthDate: '1925-07-14', nhsNumber: '9434765919' };
const erased = { erased: true };

let directory: string;
let vault: Vault;
const vaultFile = () => join(directory, 'vault.db');
const destroyedLog = () => join(directory, 'keys', 'destroyed.log');
const open = () =>
  openVault({ file: vaultFile(), keys: join(directory, 'keys'), clock: fixedClock('2011-03-01T08:05:00.000Z') });

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'throughcare-vault-'));
  vault = open();
  vault.register(mrsSmith, identity);
});
afterEach(() => {
  vault.close();
  rmSync(directory, { recursive: true });
});

/** As an operator would: stopped, copied, started again. */
const restartWith = (change: () => void) => {
  vault.close();
  change();
  vault = open();
};
const wrappedKey = () => {
  const db = new DatabaseSync(vaultFile(), { readOnly: true });
  const row = db.prepare('select wrapped_key from person').get() as { wrapped_key: Uint8Array };
  db.close();
  return Buffer.from(row.wrapped_key);
};

describe("Destroying a person's key", () => {
  it('leaves nothing to read: no identity, no text, no way to find them', () => {
    const sealed = vault.seal(mrsSmith, 'afraid of falling');
    vault.destroyKey(mrsSmith, 'retentionEnded');
    expect(vault.identity(mrsSmith)).toEqual(erased);
    expect(vault.identities([mrsSmith]).get(mrsSmith)).toEqual(erased);
    expect(vault.open(mrsSmith, sealed)).toEqual(erased);
    expect(vault.find({ nhsNumber: '9434765919' })).toEqual([]);
    expect(vault.find({ surname: 'Smith', birthDate: '1925-07-14' })).toEqual([]);
  });

  it('overwrites the wrapped key on disk', () => {
    const key = wrappedKey();
    const onDisk = () => [vaultFile(), `${vaultFile()}-wal`].some((file) => readFileSync(file).includes(key));
    expect(onDisk()).toBe(true);
    vault.destroyKey(mrsSmith, 'retentionEnded');
    expect(onDisk()).toBe(false);
  });

  it('is final: the id takes no new identity and no new text', () => {
    vault.destroyKey(mrsSmith, 'recordedUnlawfully');
    expect(() => vault.register(mrsSmith, identity)).toThrow('was destroyed');
    expect(() => vault.update(mrsSmith, identity)).toThrow('was destroyed');
    expect(() => vault.seal(mrsSmith, 'text')).toThrow('was destroyed');
  });

  it('frees the NHS number for the person it belongs to', () => {
    vault.destroyKey(mrsSmith, 'wrongPerson');
    expect(vault.register(deriveId('test-person', 'right'), identity)).toBe('registered');
  });

  it('twice does nothing, and of somebody unknown is an error', () => {
    vault.destroyKey(mrsSmith, 'wrongPerson');
    vault.destroyKey(mrsSmith, 'retentionEnded');
    expect(readFileSync(destroyedLog(), 'utf8')).toBe(
      `{"person":"${mrsSmith}","reason":"wrongPerson","at":"2011-03-01T08:05:00.000Z"}\n`,
    );
    expect(() => vault.destroyKey(deriveId('nobody'), 'wrongPerson')).toThrow('is not in the vault');
  });

  it('is seen by another process within about a second', async () => {
    const other = open();
    const sealed = other.seal(mrsSmith, 'afraid of falling');
    vault.destroyKey(mrsSmith, 'retentionEnded');
    await sleep(1100);
    expect(other.open(mrsSmith, sealed)).toEqual(erased);
    other.close();
  });
});

describe('A destroyed key stays destroyed', () => {
  it('when a vault from before the destruction is restored', () => {
    const sealed = vault.seal(mrsSmith, 'afraid of falling');
    const backup = join(directory, 'backup.db');
    restartWith(() => copyFileSync(vaultFile(), backup));
    vault.destroyKey(mrsSmith, 'retentionEnded');
    restartWith(() => copyFileSync(backup, vaultFile()));
    expect(vault.identity(mrsSmith)).toEqual(erased);
    expect(vault.open(mrsSmith, sealed)).toEqual(erased);
    expect(vault.find({ nhsNumber: '9434765919' })).toEqual([]);
    expect(() => vault.register(mrsSmith, identity)).toThrow('was destroyed');
  });

  it('when the restored vault did not know the person at all', () => {
    const later = deriveId('test-person', 'later');
    const backup = join(directory, 'backup.db');
    restartWith(() => copyFileSync(vaultFile(), backup));
    vault.register(later, { givenName: 'L', familyName: 'Later', birthDate: '1930-01-01' });
    vault.destroyKey(later, 'retentionEnded');
    restartWith(() => copyFileSync(backup, vaultFile()));
    expect(() => vault.register(later, identity)).toThrow('was destroyed');
  });

  it('when the machine stopped between the tombstone and the erasure', () => {
    const entry = { person: mrsSmith, reason: 'wrongPerson', at: '2011-03-01T08:05:00.000Z' };
    restartWith(() => writeFileSync(destroyedLog(), `${JSON.stringify(entry)}\n`));
    expect(vault.identity(mrsSmith)).toEqual(erased);
  });

  it('and a tombstone that was cut off in writing, acknowledged to nobody, destroys nothing', () => {
    restartWith(() => writeFileSync(destroyedLog(), `{"person":"${mrsSmith}","rea`));
    expect(vault.identity(mrsSmith)).toMatchObject({ familyName: 'Smith' });
    vault.destroyKey(mrsSmith, 'retentionEnded');
    restartWith(() => undefined);
    expect(vault.identity(mrsSmith)).toEqual(erased);
  });

  it('and a list of tombstones that cannot be read stops the start', () => {
    vault.close();
    appendFileSync(destroyedLog(), '{"person":1}\n');
    expect(open).toThrow(/destroyed\.log line 1 cannot be read/);
    rmSync(destroyedLog());
    vault = open();
  });
});

describe('The vault refuses to open', () => {
  it('without its master key, rather than make another', () => {
    vault.close();
    renameSync(join(directory, 'keys'), join(directory, 'kept'));
    expect(open).toThrow(/master\.key is missing; restore it/);
    renameSync(join(directory, 'kept'), join(directory, 'keys'));
    vault = open();
  });

  it('with the master key of another store', () => {
    vault.close();
    const file = join(directory, 'keys', 'master.key');
    const own = readFileSync(file);
    writeFileSync(file, `${Buffer.alloc(32, 7).toString('base64url')}\n`);
    expect(open).toThrow('was written under another master key');
    writeFileSync(file, own);
    vault = open();
  });

  it('when a newer release wrote it', () => {
    vault.close();
    const db = new DatabaseSync(vaultFile());
    db.exec('pragma user_version = 3');
    db.close();
    expect(open).toThrow('use the newer release');
    const repaired = new DatabaseSync(vaultFile());
    repaired.exec('pragma user_version = 2');
    repaired.close();
    vault = open();
  });
});
