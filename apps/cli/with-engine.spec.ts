import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { deriveId, systemClock, type NewEvent } from '#kernel';
import { OF_ANOTHER_RELEASE, rebuild, type ProjectorStatus } from '#projections';
import { openEngine, type Engine } from '../server/engine.js';
import { CommandFailed } from './output.js';
import { caughtUp, rebuildOf } from './with-engine.js';

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

const fromAnotherRelease: NewEvent = {
  eventId: deriveId('test', 'event'),
  type: 'PigeonSent',
  schemaVersion: 1,
  person: deriveId('test', 'person'),
  occurredAt: '2011-03-01T08:05:00.000Z',
  precision: 'minute',
  recordedAt: systemClock.now(),
  actor: { staff: 'staff-1', role: 'coordinator', organisation: 'torbay-care-trust', sector: 'community' },
  purpose: 'directCare',
  commandId: deriveId('test', 'command'),
  commandHash: '0'.repeat(64),
  correlationId: deriveId('test', 'command'),
  source: 'test',
  synthetic: false,
  data: {},
};

/** On a log that holds what this release does not know. */
async function onSuchALog<T>(project: boolean, work: (engine: Engine) => Promise<T>): Promise<T> {
  const dataDir = mkdtempSync(join(tmpdir(), 'throughcare-unknown-'));
  folders.push(dataDir);
  const engine = await openEngine({ dataDir, project });
  try {
    await engine.store.append(`journey-${deriveId('test', 'journey')}`, 'any', [fromAnotherRelease]);
    return await work(engine);
  } finally {
    await engine.close();
  }
}

describe('A command on a log that holds an event that this release does not know', () => {
  it('that waits for the lists ends, names the event and says what to do', async () => {
    const failed = await onSuchALog(true, (engine) => caughtUp(engine, () => undefined).catch((error: unknown) => error));
    expect(failed).toBeInstanceOf(CommandFailed);
    expect((failed as Error).message).toMatch(
      /event PigeonSent version 1 is not known to this release: start the release that wrote it, or a newer one\. Everything that was written is in the log/,
    );
  }, 60_000);

  it('that builds them anew ends and says the same', () =>
    onSuchALog(false, (engine) =>
      expect(rebuild({ ...rebuildOf(engine), serve: true })).rejects.toThrow(
        'event PigeonSent version 1 is not known to this release: start the release that wrote it',
      ),
    ));
});

describe('Whoever waits for the lists', () => {
  const generation = { generation: 'g', served: false, ordinal: 0, eventsBehind: 0, incomplete: 0 } as const;
  const building = (events: number) =>
    ({ ...generation, state: 'building', building: { doing: 'building', events, total: 9, eventsPerSecond: 1 } }) as const;
  /** Says one after the other, the last for ever, a minute apart; `'there'` is the end. */
  const waiting = async (...says: readonly (ProjectorStatus | 'there')[]) => {
    let minute = 0;
    const next = () => says[Math.min(minute, says.length - 1)]!;
    const status = (): ProjectorStatus => {
      const said = next() as ProjectorStatus;
      minute++;
      return said;
    };
    const projector = { freshness: () => undefined, status, waitFor: async () => next() === 'there' };
    return caughtUp(
      { store: { head: async () => ({ position: '9' }) }, projector },
      () => undefined,
      { elapsed: () => minute * 60_000 },
    ).then(
      () => 'there',
      (error: unknown) => (error as Error).message,
    );
  };

  it('goes on while a generation of another release is served and the next one is built', async () => {
    const old = { ...generation, served: true, state: 'stopped', problem: OF_ANOTHER_RELEASE } as const;
    const states = Array.from({ length: 9 }, (_, n): ProjectorStatus => ({ state: 'running', generations: [old, building(n)] }));
    expect(await waiting({ state: 'running', generations: [old] }, ...states, 'there')).toBe('there');
  });

  it('is told why when the projector crashes again and again without a step forward', async () => {
    const crashing = { problem: 'disk I/O error', generations: [] } as const;
    const told = await waiting({ ...crashing, state: 'restarting' }, { ...crashing, state: 'starting' }, { ...crashing, state: 'restarting' });
    expect(told).toContain('do not get any further: disk I/O error.');
  });

  it('is told when the projector has ended', async () => {
    expect(await waiting({ state: 'stopped', generations: [] })).toContain('the projector has ended');
  });
});
