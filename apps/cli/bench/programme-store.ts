/**
 * The simulated programme that the benches share: made once, kept for the next run in `THROUGHCARE_BENCH_DATA` (a
 * folder of the system's temporary directory where that is not set).
 */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { modelSet } from '../../../libs/projections/model-set.js';
import { readModels } from '../../server/catalogue.js';
import { throughcare } from './processes.js';

const SEED = '5';

/** Whatever the environment says of the servers of the cluster profile: the programme is made in files. */
const inFiles = {
  THROUGHCARE_STORE: 'sqlite', THROUGHCARE_POSTGRES_URL: '', THROUGHCARE_POSTGRES_PASSWORD_FILE: '', THROUGHCARE_ROLES: 'all',
  THROUGHCARE_KEYS: '',
};

const folder = (): string => process.env['THROUGHCARE_BENCH_DATA'] ?? join(tmpdir(), 'throughcare-bench');

/** A data directory with this many events and read models that are up to date. Benches that write take a copy. */
export async function programmeStore(events: number): Promise<string> {
  const dataDir = join(folder(), `programme-${events}`);
  const built = join(dataDir, 'bench-built');
  const env = { ...inFiles, THROUGHCARE_DATA: dataDir };
  const wanted = modelSet(readModels).id;
  if (!existsSync(built)) {
    mkdirSync(dataDir, { recursive: true });
    process.stderr.write(`${dataDir}: ${events.toLocaleString('en-GB')} events are simulated once\n`);
    // What an earlier run began is taken up: a repeat adds what is missing.
    await throughcare(['simulate', '--events', String(events), '--seed', SEED, '--json'], env);
  } else if (readFileSync(built, 'utf8') !== wanted) {
    process.stderr.write(`${dataDir}: the read models have changed and are rebuilt\n`);
    await throughcare(['rebuild', '--json'], env);
  }
  writeFileSync(built, wanted);
  return dataDir;
}

/** The same for a bench that writes. */
export async function withCopy<T>(events: number, work: (dataDir: string) => Promise<T>): Promise<T> {
  const original = await programmeStore(events);
  const copy = mkdtempSync(join(folder(), 'copy-'));
  try {
    cpSync(original, copy, { recursive: true });
    return await work(copy);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** An empty directory of the same disk. */
export async function withEmpty<T>(work: (directory: string) => Promise<T>): Promise<T> {
  mkdirSync(folder(), { recursive: true });
  const directory = mkdtempSync(join(folder(), 'empty-'));
  try {
    return await work(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
