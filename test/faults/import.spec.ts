import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startServer } from '../../libs/event-store/eventstoredb/server.js';
import { describeUnless } from '../support/left-out.js';
import { findServers, stopServers, whyNoServers, type Servers } from '../support/organisation.js';
import { throughcare } from '../support/product.js';

const SYNTHEA = '../shared/data/synthea';
const EXPECTED = {
  people: 99, encounters: { AMB: 3530, EMER: 245, IMP: 414 }, carePlans: 428, rejected: 0, alreadyThere: 0, corrected: 0,
};
const RECORDS = 99 + 3530 + 245 + 414 + 428;

const server = existsSync(SYNTHEA) ? await startServer() : { leftOut: 'no real bundles beside the checkout' };
afterAll(() => ('leftOut' in server ? undefined : server.stop()));

const folders: string[] = [];
const newFolder = (): string => {
  folders.push(mkdtempSync(join(tmpdir(), 'throughcare-import-')));
  return folders.at(-1)!;
};
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

async function importing(folder: string, env: NodeJS.ProcessEnv = {}): Promise<Record<string, unknown>> {
  const { code, last } = await throughcare(folder, ['import', 'fhir', SYNTHEA, '--json'], env);
  expect(code).toBe(0);
  return JSON.parse(last) as Record<string, unknown>;
}

/** Over logical columns, from a rebuild. */
async function checksum(folder: string, env: NodeJS.ProcessEnv = {}): Promise<unknown> {
  const { code, last } = await throughcare(folder, ['rebuild', '--aside', '--json'], env);
  expect(code).toBe(0);
  return (JSON.parse(last) as { checksum: string }).checksum;
}

const noCluster = existsSync(SYNTHEA) ? await whyNoServers() : 'no real bundles beside the checkout';

describeUnless(existsSync(SYNTHEA) ? undefined : 'no real bundles beside the checkout', 'Importing 99 people', () => {
  let whole: unknown;

  beforeAll(async () => {
    const folder = newFolder();
    const first = await importing(folder);
    expect(first).toMatchObject(EXPECTED);
    expect(first['eventsAdded']).toBeGreaterThan(RECORDS);
    whole = await checksum(folder);
    expect(await importing(folder)).toMatchObject({ ...EXPECTED, alreadyThere: RECORDS, eventsAdded: 0 });
    expect(await checksum(folder)).toBe(whole);
  }, 180_000);

  it('finds 104 of 414 stays followed by another within 30 x 24 hours', async () => {
    const { last } = await throughcare(folders[0]!, ['metrics', 'value', 'readmission-30x24h', '--scope', 'imported', '--json']);
    const expected = JSON.parse(readFileSync(`${SYNTHEA}/expected.json`, 'utf8')) as { inpatientSpells: number; readmittedWithin30x24h: number };
    expect(JSON.parse(last)).toMatchObject({ numerator: expected.readmittedWithin30x24h, denominator: expected.inpatientSpells });
  }, 60_000);

  it('ends in the same read models when it was killed half-way and started again', async () => {
    const folder = newFolder();
    const env = { ...process.env, NODE_OPTIONS: '', THROUGHCARE_DATA: folder };
    const child = spawn(process.execPath, ['dist/apps/cli/main.js', 'import', 'fhir', SYNTHEA], { env, stdio: 'ignore' });
    const gone = once(child, 'exit');
    while (child.exitCode === null && eventsIn(folder) < 1500) await pause(20);
    child.kill('SIGKILL');
    await gone;
    const again = await importing(folder);
    expect(again['alreadyThere']).toBeGreaterThan(500);
    expect(again['eventsAdded']).toBeGreaterThan(500);
    expect(await checksum(folder)).toBe(whole);
  }, 120_000);

  const skip = 'leftOut' in server ? server.leftOut : undefined;
  describeUnless(skip, 'into EventStoreDB', () => {
    it('ends in the same read models', async () => {
      if ('leftOut' in server) throw new Error(server.leftOut);
      const folder = newFolder();
      const env = { THROUGHCARE_STORE: 'eventstoredb', EVENTSTOREDB_URL: server.connectionString };
      expect(await importing(folder, env)).toMatchObject(EXPECTED);
      expect(await checksum(folder, env)).toBe(whole);
      expect(await importing(folder, env)).toMatchObject({ alreadyThere: RECORDS, eventsAdded: 0 });
    }, 300_000);
  });

  describeUnless(noCluster, 'into EventStoreDB, with names and lists in PostgreSQL', () => {
    it('ends in the same read models, also those that are served', async () => {
      const servers = (await findServers()) as Servers;
      try {
        const folder = newFolder();
        const env = {
          THROUGHCARE_STORE: 'eventstoredb', EVENTSTOREDB_URL: servers.eventStoreDb.connectionString,
          THROUGHCARE_POSTGRES_URL: (await servers.postgres.database()).url,
        };
        expect(await importing(folder, env)).toMatchObject(EXPECTED);
        expect(await checksum(folder, env)).toBe(whole);
        const { last } = await throughcare(folder, ['verify', '--read-models', '--json'], env);
        expect(JSON.parse(last)).toMatchObject({ equal: true, checksum: whole });
        expect(await importing(folder, env)).toMatchObject({ alreadyThere: RECORDS, eventsAdded: 0 });
        const figure = await throughcare(folder, ['metrics', 'value', 'readmission-30x24h', '--scope', 'imported', '--json'], env);
        expect(JSON.parse(figure.last)).toMatchObject({ numerator: 104, denominator: EXPECTED.encounters.IMP });
      } finally {
        await stopServers(servers);
      }
    }, 600_000);
  });
});

/** The log's file grows by whole pages; enough to know that the import is under way and not done. */
function eventsIn(folder: string): number {
  const wal = join(folder, 'log.db-wal');
  return existsSync(wal) ? readFileSync(wal).length / 1000 : 0;
}
