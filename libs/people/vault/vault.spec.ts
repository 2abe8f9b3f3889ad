import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { deriveId } from '#kernel';
import type { Identity } from '../domain/identity.js';
import { NhsNumberTakenError, openVault, type Vault } from './vault.js';

const smith: Identity = {
  givenName: 'Evangeline',
  familyName: 'Smitherington',
  birthDate: '1925-07-14',
  sex: 'female',
  nhsNumber: '943 476 5919',
  address: '12 Fictitious Terrace, Brixham',
  phone: '01803 000000',
};
const mrsSmith = deriveId('test-person', 'smith');
const someoneElse = deriveId('test-person', 'other');

let directory: string;
let vault: Vault;
const open = () => openVault({ file: join(directory, 'vault.db'), keys: join(directory, 'keys') });

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'throughcare-vault-'));
  vault = open();
});
afterEach(() => {
  vault.close();
  rmSync(directory, { recursive: true });
});

describe('Registering a person', () => {
  it('keeps the identity, and the NHS number without spaces, over a restart', () => {
    expect(vault.register(mrsSmith, smith)).toBe('registered');
    vault.close();
    vault = open();
    expect(vault.identity(mrsSmith)).toEqual({ ...smith, nhsNumber: '9434765919' });
  });

  it('twice under the same id changes nothing, and says so where the second identity is another one', () => {
    vault.register(mrsSmith, smith);
    expect(vault.register(mrsSmith, { ...smith, nhsNumber: '9434765919' })).toBe('unchanged');
    expect(vault.register(mrsSmith, { ...smith, givenName: 'Eva' })).toBe('differs');
    expect(vault.identity(mrsSmith)).toMatchObject({ givenName: 'Evangeline' });
  });

  it('refuses an NHS number that another person holds, and says by id who that is', () => {
    vault.register(mrsSmith, smith);
    const attempt = () => vault.register(someoneElse, { ...smith, givenName: 'Mary' });
    expect(attempt).toThrow(NhsNumberTakenError);
    expect(attempt).toThrow(expect.objectContaining({ heldBy: mrsSmith }));
    expect(attempt).not.toThrow(/943/);
    expect(vault.identity(someoneElse)).toBeUndefined();
  });

  it('refuses an impossible identity by the names of its fields, never their values', () => {
    const attempt = () => vault.register(mrsSmith, { ...smith, nhsNumber: '9434765918', birthDate: '1925-02-30' });
    expect(attempt).toThrow(expect.objectContaining({ fields: ['birthDate', 'nhsNumber'] }));
    expect(attempt).not.toThrow(/9434765918|1925/);
  });

  it('many people at once is all of them or none, and leaves no stray key behind', () => {
    const twice = [
      { personId: mrsSmith, identity: smith },
      { personId: mrsSmith, identity: smith },
      { personId: someoneElse, identity: smith },
    ];
    expect(() => vault.registerAll(twice)).toThrow(NhsNumberTakenError);
    expect(vault.identity(mrsSmith)).toBeUndefined();
    vault.register(mrsSmith, smith);
    const sealed = vault.seal(mrsSmith, 'rings in the evening');
    vault.close();
    vault = open();
    expect(vault.open(mrsSmith, sealed)).toBe('rings in the evening');
  });

  it('can be corrected, and is then found under what is right only', () => {
    vault.register(mrsSmith, smith);
    vault.update(mrsSmith, { ...smith, familyName: 'Smithers', nhsNumber: '9434765870' });
    expect(vault.find({ nhsNumber: '9434765919' })).toEqual([]);
    expect(vault.find({ surname: 'Smitherington', birthDate: smith.birthDate })).toEqual([]);
    expect(vault.find({ surname: 'smithers', birthDate: smith.birthDate })).toHaveLength(1);
    expect(() => vault.update(someoneElse, smith)).toThrow(`person ${someoneElse} is not in the vault`);
  });
});

describe('Searching', () => {
  it('by NHS number finds one person, however the number is written', () => {
    vault.register(mrsSmith, smith);
    for (const nhsNumber of ['9434765919', '943 476 5919', '943-476-5919'])
      expect(vault.find({ nhsNumber }).map((match) => match.personId)).toEqual([mrsSmith]);
    expect(vault.find({ nhsNumber: '9434765870' })).toEqual([]);
    expect(vault.find({ nhsNumber: 'not a number' })).toEqual([]);
  });

  it('by surname and date of birth finds everybody of that name and day', () => {
    const withoutNumber = { givenName: 'Nuala', birthDate: '1925-07-14' };
    vault.register(mrsSmith, { ...smith, familyName: "O'Brien" });
    vault.register(someoneElse, { ...withoutNumber, familyName: 'OBRIEN' });
    const dayAfter = { ...withoutNumber, familyName: 'O’Brien', birthDate: '1925-07-15' };
    vault.register(deriveId('test-person', 'third'), dayAfter);
    const found = vault.find({ surname: 'o’brien', birthDate: '1925-07-14' });
    expect(found.map((match) => match.identity.givenName).toSorted()).toEqual(['Evangeline', 'Nuala']);
  });

  it('for whoever is nearly the same finds another surname, another day and another year of birth, one of them at a time', () => {
    const nora = { givenName: 'Nora', familyName: 'Hartley', birthDate: '1930-04-17' };
    vault.register(mrsSmith, nora);
    const isFound = (more: Partial<Identity>) => vault.find({ alike: { ...nora, ...more } }).length === 1;
    expect(isFound({})).toBe(true);
    expect(isFound({ familyName: 'Heartley' })).toBe(true);
    expect(isFound({ givenName: 'Norah', birthDate: '1930-07-14' })).toBe(true);
    expect(isFound({ birthDate: '1931-04-17' })).toBe(true);
    expect(isFound({ givenName: 'Agnes' })).toBe(false);
    expect(isFound({ familyName: 'Heartley', birthDate: '1931-04-17' })).toBe(false);
  });

  it('for whoever is nearly the same finds nobody by what was put right, and nobody whose key was destroyed', () => {
    vault.register(mrsSmith, smith);
    vault.update(mrsSmith, { ...smith, familyName: 'Jones', birthDate: '1940-01-02' });
    expect(vault.find({ alike: { ...smith, familyName: 'Smithers' } })).toEqual([]);
    const alike = { ...smith, familyName: 'Johns', birthDate: '1940-01-02' };
    expect(vault.find({ alike })).toHaveLength(1);
    vault.destroyKey(mrsSmith, 'retentionEnded');
    expect(vault.find({ alike })).toEqual([]);
    const db = new DatabaseSync(join(directory, 'vault.db'), { readOnly: true });
    expect(db.prepare('select count(*) as n from likeness').get()).toEqual({ n: 0 });
    db.close();
  });

  it('for whoever is nearly the same also in a vault from before there was such a search', () => {
    vault.register(mrsSmith, smith);
    vault.register(someoneElse, { givenName: 'Nuala', familyName: 'OBrien', birthDate: '1925-07-14' });
    vault.destroyKey(someoneElse, 'wrongPerson');
    vault.close();
    const db = new DatabaseSync(join(directory, 'vault.db'));
    db.exec('drop table likeness; pragma user_version = 1');
    db.close();
    vault = open();
    expect(vault.find({ alike: { ...smith, familyName: 'Smithers' } }).map(({ personId }) => personId)).toEqual([mrsSmith]);
  });

  it('for a page of people answers for each that is known', () => {
    vault.register(mrsSmith, smith);
    const identities = vault.identities([mrsSmith, someoneElse, mrsSmith]);
    expect([...identities.keys()]).toEqual([mrsSmith]);
  });
});

describe('Free text', () => {
  it('of any kind comes back as it was', () => {
    vault.register(mrsSmith, smith);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        const sealed = vault.seal(mrsSmith, text);
        expect(sealed).toMatch(/^sealed:v1:[A-Za-z0-9+/]+=*$/);
        expect(vault.open(mrsSmith, sealed)).toBe(text);
      }),
    );
  });

  it('is sealed another way every time', () => {
    vault.register(mrsSmith, smith);
    const ivs = Array.from({ length: 10_000 }, () => vault.seal(mrsSmith, 'same').slice(10, 26));
    expect(new Set(ivs).size).toBe(10_000);
  });

  it('opens for nobody else, and not after a change of one bit', () => {
    vault.register(mrsSmith, smith);
    vault.register(someoneElse, { givenName: 'Other', familyName: 'Other', birthDate: '1930-01-01' });
    const sealed = vault.seal(mrsSmith, 'afraid of falling');
    expect(() => vault.open(someoneElse, sealed)).toThrow('does not belong here');
    const bytes = Buffer.from(sealed.slice(10), 'base64');
    for (const place of [0, 15, bytes.length - 1]) {
      const changed = Buffer.from(bytes);
      changed[place]! ^= 1;
      expect(() => vault.open(mrsSmith, `sealed:v1:${changed.toString('base64')}`)).toThrow('was changed');
    }
    expect(() => vault.open(mrsSmith, 'sealed:v1:AAAA')).toThrow('was changed');
    expect(() => vault.open(mrsSmith, 'afraid of falling')).toThrow('does not belong here');
  });

  it('is not sealed for a person nobody knows', () => {
    expect(() => vault.seal(mrsSmith, 'text')).toThrow(`person ${mrsSmith} is not in the vault`);
  });
});

describe('What lies on disk', () => {
  it('shows no name, number, address or date of a person in any file, open or closed', () => {
    vault.register(mrsSmith, smith);
    vault.find({ surname: 'Smitherington', birthDate: smith.birthDate });
    vault.seal(mrsSmith, 'afraid of falling');
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
      if (state === 'open') vault.close();
    }
    vault = open();
  });

  it('keeps its keys for their owner only', () => {
    for (const name of ['master', 'index', 'command'])
      expect(statSync(join(directory, 'keys', `${name}.key`)).mode & 0o777).toBe(0o600);
  });
});

describe('The hash of a command', () => {
  it('is the same for the same content in any order of keys, and after a restart', () => {
    const hash = vault.commandHash({ reason: 'unsafe', 10: 'b', 9: 'a' });
    vault.close();
    vault = open();
    expect(vault.commandHash({ 9: 'a', 10: 'b', reason: 'unsafe' })).toBe(hash);
    expect(vault.commandHash({ 9: 'a', 10: 'b', reason: 'safe' })).not.toBe(hash);
  });

  it('cannot be computed without the key of this store', () => {
    const elsewhere = openVault({ file: join(directory, 'b', 'vault.db'), keys: join(directory, 'b', 'keys') });
    expect(elsewhere.commandHash({ reason: 'unsafe' })).not.toBe(vault.commandHash({ reason: 'unsafe' }));
    elsewhere.close();
    expect(() => vault.commandHash(undefined)).toThrow(TypeError);
  });
});
