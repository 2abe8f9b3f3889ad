import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Lease } from './lease.js';

describe('A lease', () => {
  let directory: string;
  let now: number;
  const lease = (name = 'deadlines') =>
    new Lease({ file: join(directory, 'lease.db'), name, ttl: 9_000, now: () => now });
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'lease-'));
    now = 1_000_000;
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  it('is held by one at a time, and renewed by the same', () => {
    const [one, other] = [lease(), lease()];
    expect([one.hold(), other.hold(), one.hold()]).toEqual([true, false, true]);
    now += 8_000;
    expect([one.hold(), other.hold()]).toEqual([true, false]);
    now += 8_000;
    expect([other.hold(), one.hold()]).toEqual([false, true]);
  });

  it('goes to the next when it runs out, and the first knows', () => {
    const [one, other] = [lease(), lease()];
    one.hold();
    now += 9_000;
    expect([other.hold(), one.hold()]).toEqual([true, false]);
  });

  it('goes to the next at once when it is given up', () => {
    const [one, other] = [lease(), lease()];
    one.hold();
    one.release();
    expect(other.hold()).toBe(true);
  });

  it('is not held for ever because the clock was set back', () => {
    const [one, other] = [lease(), lease()];
    one.hold();
    now -= 3_600_000;
    expect(other.hold()).toBe(true);
  });

  it('of other work is another lease', () => {
    const [one, other] = [lease(), lease('something else')];
    expect([one.hold(), other.hold()]).toEqual([true, true]);
  });
});
