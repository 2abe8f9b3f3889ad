import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { fixedClock, type Instant } from '#kernel';
import { clocksOf, openDataDirectory } from './data-directory.js';

describe('The data directory', () => {
  let path: string;
  beforeEach(() => {
    path = mkdtempSync(join(tmpdir(), 'throughcare-directory-'));
  });
  afterEach(() => rmSync(path, { recursive: true }));

  it('opens the demo on Tuesday 1 March 2011 at 08:05, and the clock runs on over restarts', () => {
    const at = (real: Instant) => {
      const opened = openDataDirectory({ path, clock: fixedClock(real) });
      return { ...opened, now: clocksOf(opened.agreed, fixedClock(real)).clock.now() };
    };
    const first = at('2026-11-21T10:00:00.000Z');
    expect(first.agreed.mode).toBe('demo');
    expect(first.now).toBe('2011-03-01T08:05:00.000Z');
    first.release();
    const again = at('2026-11-21T12:30:00.000Z');
    expect(again.now).toBe('2011-03-01T10:35:00.000Z');
    again.release();
  });

  it('gives a live store the real clock', () => {
    const real = fixedClock('2026-11-21T10:00:00.000Z');
    const live = openDataDirectory({ path, mode: 'live', clock: real });
    expect(clocksOf(live.agreed, real).clock.now()).toBe('2026-11-21T10:00:00.000Z');
    live.release();
  });

  it('refuses to open a demo as live', () => {
    openDataDirectory({ path }).release();
    expect(() => openDataDirectory({ path, mode: 'live' })).toThrow('is a demo store and stays one');
  });

  it('lets one process write, and others only read', () => {
    const writer = openDataDirectory({ path });
    expect(() => openDataDirectory({ path })).toThrow('in use by another Throughcare process');
    expect(openDataDirectory({ path, readOnly: true }).agreed.mode).toBe('demo');
    writer.release();
    openDataDirectory({ path }).release();
  });

  it('refuses data of a newer release', () => {
    openDataDirectory({ path }).release();
    const file = join(path, 'store.json');
    writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), format: 99 }));
    expect(() => openDataDirectory({ path })).toThrow('Start a newer release');
    expect(() => openDataDirectory({ path, readOnly: true })).toThrow('Start a newer release');
  });
});
