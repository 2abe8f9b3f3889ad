/** `npm run bench`: one free-text field an event, sealed and opened (DESIGN 10). */
import { createCipheriv, createDecipheriv, createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deriveId } from '#kernel';
import { openVault } from '../vault/vault.js';

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
export function benchEncryption(events = 40_000): BenchResult {
  const directory = mkdtempSync(join(tmpdir(), 'throughcare-bench-'));
  const vault = openVault({ file: join(directory, 'vault.db'), keys: join(directory, 'keys') });
  try {
    const people = Array.from({ length: PEOPLE }, (_, i) => deriveId('bench-person', i));
    const identity = { givenName: 'B', familyName: 'Bench', birthDate: '1926-01-01' };
    vault.registerAll(people.map((personId) => ({ personId, identity })));
    const keys = people.map(() => createSecretKey(randomBytes(32)));
    const vaultRound = (i: number) => vault.open(people[i % PEOPLE]!, vault.seal(people[i % PEOPLE]!, TEXT)) === TEXT;
    const plainRound = (i: number) => plainNode(keys[i % PEOPLE]!) === TEXT;
    measure(plainRound, events / 4);
    measure(vaultRound, events / 4);
    const runs = Array.from({ length: 5 }, () => ({
      plain: measure(plainRound, events),
      vault: measure(vaultRound, events),
    }));
    const value = Math.round(median(runs.map((run) => run.vault)));
    const baseline = Math.round(median(runs.map((run) => run.plain)));
    return { name: 'encryption', value, unit: 'events/s', baseline, ratio: Number((value / baseline).toFixed(2)) };
  } finally {
    vault.close();
    rmSync(directory, { recursive: true });
  }
}

function measure(round: (i: number) => boolean, events: number): number {
  const start = performance.now();
  for (let i = 0; i < events; i++) if (!round(i)) throw new Error('what was sealed did not come back');
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
