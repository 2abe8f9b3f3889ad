import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { deriveId } from '#kernel';
import { BulkRun, wasTaken } from '../../server/bulk.js';
import { DEMO_OPENS } from '../../server/demo-clock.js';
import { openEngine } from '../../server/engine.js';
import { releaseUnfinished, unfinishedRegistrations } from './unfinished-registrations.js';

const dataDir = mkdtempSync(join(tmpdir(), 'throughcare-doctor-'));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

const edith = { givenName: 'Edith', familyName: 'Made-Up', birthDate: '1926-01-01', nhsNumber: '9434765870' };
const harold = { givenName: 'Harold', familyName: 'Made-Up', birthDate: '1931-05-02', nhsNumber: '9434765919' };

describe('A registration that was cut short', () => {
  it('is found, and holds its NHS number no longer once it is released', async () => {
    const engine = await openEngine({ dataDir, mode: 'demo', project: false });
    try {
      const run = new BulkRun(engine);
      const outcome = await run.send({
        commandId: deriveId('test', 'edith'),
        command: 'register-person',
        body: edith,
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
      // The process ends after the vault has the identity and before the log has the event.
      const cutShort = deriveId('person', 'harold');
      await engine.vault.register(cutShort, harold);

      expect(await unfinishedRegistrations(engine)).toEqual([cutShort]);
      expect(await releaseUnfinished(engine)).toBe(1);
      expect(await unfinishedRegistrations(engine)).toEqual([]);
      expect(await engine.vault.identity(cutShort)).toBeUndefined();
      expect(await engine.vault.register(deriveId('person', 'harold again'), harold)).toBe('registered');
      expect(await engine.vault.find({ nhsNumber: edith.nhsNumber })).toHaveLength(1);
    } finally {
      await engine.close();
    }
  });
});
