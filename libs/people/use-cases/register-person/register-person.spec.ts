import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { commandFrom, Executor, type CommandMeta, type UseCase } from '#commands';
import { openMemoryEventStore, StoreUnavailableError, type EventStore } from '#event-store';
import { sqlitePlace } from '#database';
import { deriveId, EventRegistry, fixedClock, personStream, type Actor } from '#kernel';
import { differences as ofTheEvent, pathwayEvents, recordFold } from '#pathway';
import { openVault } from '../../vault/open-vault.js';
import type { Vault } from '../../vault/vault.js';
import {
  differences,
  registerAheadInVault,
  registerAnsweredInVault,
  registerInVault,
  RegisterPerson,
  registerPerson,
} from './register-person.js';

const actor: Actor = {
  staff: 'staff-1',
  role: 'coordinator',
  organisation: 'torbay-care-trust',
  sector: 'community',
  pilot: 'torbay',
};
const smith = {
  givenName: 'Edith',
  familyName: 'Smith',
  birthDate: '1925-03-01',
  sex: 'female',
  nhsNumber: '943 476 5919',
};
const meta = (n: number): CommandMeta => ({
  commandId: deriveId('command', n),
  actor,
  teams: [],
  purpose: 'directCare',
  source: 'api',
});

describe('Registering a person', () => {
  let directory: string;
  let vault: Vault;
  let store: EventStore;
  let isDown: boolean;
  let executor: Executor;

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'throughcare-register-'));
    vault = await openVault({ place: sqlitePlace(directory), keys: join(directory, 'keys') });
    store = openMemoryEventStore();
    isDown = false;
    const append: EventStore['append'] = async (...args) => {
      if (isDown) throw new StoreUnavailableError('the power went');
      return store.append(...args);
    };
    executor = new Executor({
      store: Object.assign(Object.create(store) as EventStore, { append }),
      registry: new EventRegistry(pathwayEvents),
      clock: fixedClock('2011-03-01T08:05:00.000Z'),
      secrets: { commandHash: (content) => vault.commandHash(content), sealing: async () => () => '', resealing: async () => () => '' },
      fold: recordFold as never,
      useCases: [registerPerson] as unknown as readonly UseCase[],
      synthetic: true,
      authorise: () => undefined,
      before: { 'register-person': (command, stream) => registerInVault(vault, command as RegisterPerson, stream) },
    });
  });
  afterEach(async () => {
    await vault.close();
    rmSync(directory, { recursive: true });
  });

  const register = (n: number, who: object = smith) => executor.execute(commandFrom(RegisterPerson, who), meta(n));

  it('keeps who they are in the vault, and sex and year of birth in the event', async () => {
    const { personId } = await register(1);
    expect(await vault.identity(personId!)).toMatchObject({ familyName: 'Smith', nhsNumber: '9434765919' });
    const [event] = await store.readStream(personStream(personId!));
    expect(event!.data).toEqual({ sex: 'female', birthYear: 1925 });
    expect(JSON.stringify(event)).not.toMatch(/Smith|Edith|943/);
  });

  it('keeps why it is not one of those known already, and takes no other reason', async () => {
    const { personId: known } = await register(1);
    const another = { ...smith, nhsNumber: undefined, givenName: 'Edna' };
    const { personId } = await register(2, { ...another, notTheSame: { [known!]: 'anotherFirstName' } });
    const [event] = await store.readStream(personStream(personId!));
    expect(event!.data).toMatchObject({ notTheSame: [{ person: known, because: 'anotherFirstName' }] });
    await expect(register(3, { ...another, notTheSame: { [known!]: 'Edna, not Edith' } })).rejects.toMatchObject({
      code: 'match-not-answered',
    });
    expect(differences).toEqual([...ofTheEvent]);
  });

  it('is completed by the same command where the power went between vault and log', async () => {
    isDown = true;
    await expect(register(1)).rejects.toMatchObject({ code: 'store-unavailable' });
    const [left] = await vault.find({ nhsNumber: smith.nhsNumber });
    isDown = false;
    expect(await register(1)).toMatchObject({ personId: left!.personId, revision: 0, repeated: false });
    expect(await register(1)).toMatchObject({ personId: left!.personId, repeated: true });
  });

  it('is refused where somebody holds the number, and says who', async () => {
    const { personId } = await register(1);
    await expect(register(2, { ...smith, givenName: 'Edna' })).rejects.toMatchObject({
      code: 'nhs-number-taken',
      about: { personId },
    });
  });

  it('takes no other identity under the same key, also before anything reached the log', async () => {
    isDown = true;
    await expect(register(1)).rejects.toMatchObject({ code: 'store-unavailable' });
    isDown = false;
    await expect(register(1, { ...smith, givenName: 'Edna' })).rejects.toMatchObject({ code: 'key-reused' });
  });

  it('is refused for a birth date in the future, and for a person who is registered', async () => {
    await expect(register(1, { ...smith, birthDate: '2011-03-02' })).rejects.toMatchObject({
      code: 'birth-date-in-future',
    });
    const { personId } = await register(2);
    await expect(register(3, { ...smith, personId })).rejects.toMatchObject({ code: 'person-already-registered' });
  });

  it('asks of each of that surname and birth date why it is somebody else, before anything is kept', async () => {
    const { personId: known } = await register(1);
    const answered = (n: number, who: object) => {
      const command = commandFrom(RegisterPerson, who);
      return () => registerAnsweredInVault(vault, command, personStream(deriveId('person', deriveId('command', n))));
    };
    const edna = { ...smith, givenName: 'Edna', familyName: 'SMITH', nhsNumber: undefined };
    await expect(answered(2, edna)()).rejects.toMatchObject({ code: 'possible-match', about: { people: [known] } });
    expect(await vault.find({ surname: 'Smith', birthDate: smith.birthDate })).toHaveLength(1);
    await answered(2, { ...edna, notTheSame: { [known!]: 'anotherFirstName' } })();
    expect(await vault.find({ surname: 'Smith', birthDate: smith.birthDate })).toHaveLength(2);
    // Where the number says who it is, that is the answer.
    await expect(answered(3, smith)()).rejects.toThrow('holds this NHS number');
    await answered(3, { ...edna, birthDate: '1931-01-01' })();
  });

  it('of many who come is prepared with one flush to disk, and completed one by one', async () => {
    const people = [1, 2].map((n) => ({
      command: commandFrom(RegisterPerson, { ...smith, nhsNumber: n === 1 ? smith.nhsNumber : '9434765870' }),
      stream: personStream(deriveId('person', deriveId('command', n))),
    }));
    await registerAheadInVault(vault, people);
    expect(await vault.find({ surname: 'Smith', birthDate: smith.birthDate })).toHaveLength(2);
    expect(await register(1)).toMatchObject({ repeated: false });
    // A number that somebody holds stops none of the others for good.
    await registerAheadInVault(vault, [...people, { command: people[0]!.command, stream: personStream(deriveId('another')) }]);
    await expect(register(3)).rejects.toMatchObject({ code: 'nhs-number-taken' });
  });

  it.each(['', '  ', '---', 'x'.repeat(201), '\ud800'])('wants a name: %j', async (familyName) => {
    expect(() => commandFrom(RegisterPerson, { ...smith, familyName })).toThrow('/familyName');
  });
});
