/** `npm run bench`: one free-text field an event, sealed and opened (DESIGN 10). */
import { createCipheriv, createDecipheriv, createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sqlitePlace } from '#database';
import { deriveId } from '#kernel';
import { openVault } from '../vault/open-vault.js';

export interface BenchResult {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly baseline: number;
  readonly ratio: number;
}

const PEOPLE = 1000;
const TEXT =
  'Daughter asks to be rung before 10. Uses a frame indoors; two steps at the back door; afraid of falling at night.';

/** The median of five interleaved runs each; the baseline is AES-256-GCM of the same bytes, as Node's manual shows it. */
export async function benchEncryption(events = 40_000): Promise<BenchResult> {
  const directory = mkdtempSync(join(tmpdir(), 'throughcare-bench-'));
  const vault = await openVault({ place: sqlitePlace(directory), keys: join(directory, 'keys') });
  try {
    const people = Array.from({ length: PEOPLE }, (_, i) => deriveId('bench-person', i));
    const identity = { givenName: 'B', familyName: 'Bench', birthDate: '1926-01-01' };
    await vault.registerAll(people.map((personId) => ({ personId, identity })));
    const keys = people.map(() => createSecretKey(randomBytes(32)));
    const vaultRound = async (i: number) =>
      (await vault.open(people[i % PEOPLE]!, await vault.seal(people[i % PEOPLE]!, TEXT))) === TEXT;
    const plainRound = async (i: number) => plainNode(keys[i % PEOPLE]!) === TEXT;
    await measure(plainRound, events / 4);
    await measure(vaultRound, events / 4);
    const runs: { plain: number; vault: number }[] = [];
    for (let run = 0; run < 5; run++)
      runs.push({ plain: await measure(plainRound, events), vault: await measure(vaultRound, events) });
    const value = Math.round(median(runs.map((run) => run.vault)));
    const baseline = Math.round(median(runs.map((run) => run.plain)));
    return { name: 'encryption', value, unit: 'events/s', baseline, ratio: Number((value / baseline).toFixed(2)) };
  } finally {
    await vault.close();
    rmSync(directory, { recursive: true });
  }
}

async function measure(round: (i: number) => Promise<boolean>, events: number): Promise<number> {
  const start = performance.now();
  for (let i = 0; i < events; i++) if (!(await round(i))) throw new Error('what was sealed did not come back');
  return (events * 1000) / (performance.now() - start);
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!;

function plainNode(key: KeyObject): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  const body = Buffer.concat([cipher.update(TEXT, 'utf8'), cipher.final()]);
  const decipher = createDecipheriv('aes-256-gcm', key, iv).setAuthTag(cipher.getAuthTag());
  return decipher.update(body, undefined, 'utf8') + decipher.final('utf8');
}
