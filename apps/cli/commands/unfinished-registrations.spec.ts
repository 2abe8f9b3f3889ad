import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { deriveId } from '#kernel';
import { BulkRun, wasTaken } from '../../server/bulk.js';
import { DEMO_OPENS } from '../../server/demo-clock.js';
import { COMMAND_PATIENCE, openEngine, type Engine } from '../../server/engine.js';
import { releaseUnfinished, unfinishedRegistrations } from './unfinished-registrations.js';

let dataDir: string;
beforeEach(() => void (dataDir = mkdtempSync(join(tmpdir(), 'throughcare-doctor-'))));
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const edith = { givenName: 'Edith', familyName: 'Made-Up', birthDate: '1926-01-01', nhsNumber: '9434765870' };
const harold = { givenName: 'Harold', familyName: 'Made-Up', birthDate: '1931-05-02', nhsNumber: '9434765919' };

/** By the same process, from the command to the log. */
async function registered(engine: Engine, body: typeof edith): Promise<void> {
  const run = new BulkRun(engine);
  const outcome = await run.send({
    commandId: deriveId('test', body.givenName),
    command: 'register-person',
    body,
    at: DEMO_OPENS,
    teams: [],
    purpose: 'directCare',
    source: 'test',
    actor: {
      staff: 'staff-test',
      role: 'coordinator',
      organisation: 'torbay-care-trust',
      sector: 'community',
      pilot: 'torbay',
    },
  });
  expect(wasTaken(outcome)).toBe(true);
  await run.flush();
}

describe('A registration that was cut short', () => {
  it('is found, and holds its NHS number no longer once it is released', async () => {
    const engine = await openEngine({ dataDir, mode: 'demo', project: false });
    try {
      const parts = { store: engine.store, vault: engine.vault, pause: async () => {} };
      await registered(engine, edith);
      // The process ends after the vault has the identity and before the log has the event.
      const cutShort = deriveId('person', 'harold');
      await engine.vault.register(cutShort, harold);

      expect(await unfinishedRegistrations(parts)).toEqual([cutShort]);
      expect(await releaseUnfinished(parts)).toBe(1);
      expect(await unfinishedRegistrations(parts)).toEqual([]);
      expect(await engine.vault.identity(cutShort)).toBeUndefined();
      expect(await engine.vault.register(deriveId('person', 'harold again'), harold)).toBe('registered');
      expect(await engine.vault.find({ nhsNumber: edith.nhsNumber })).toHaveLength(1);
    } finally {
      await engine.close();
    }
  });
});

describe('A registration that is under way at another process', () => {
  it('keeps its identity and its NHS number where it is finished while somebody looks', async () => {
    const engine = await openEngine({ dataDir, mode: 'demo', project: false });
    try {
      // As it stands between the vault and the log: the identity is there under the id that the command makes.
      const underWay = deriveId('person', deriveId('test', edith.givenName));
      await engine.vault.register(underWay, edith);
      const cutShort = deriveId('person', 'harold');
      await engine.vault.register(cutShort, harold);
      let waited = 0;
      const pause = async (ms: number) => {
        waited += ms;
        await registered(engine, edith);
      };

      expect(await releaseUnfinished({ store: engine.store, vault: engine.vault, pause })).toBe(1);
      expect(waited).toBeGreaterThan(COMMAND_PATIENCE);
      expect(await engine.vault.identity(underWay)).toMatchObject({ familyName: edith.familyName, nhsNumber: edith.nhsNumber });
      expect(await engine.vault.identity(cutShort)).toBeUndefined();
    } finally {
      await engine.close();
    }
  });
});
