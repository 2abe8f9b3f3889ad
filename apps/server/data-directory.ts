/**
 * The data directory: one process writes to it, it says which format it has and whether it is a demo, and it never
 * changes from one to the other (DESIGN 9).
 */
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { elapsed, systemClock, type Clock, type Instant } from '#kernel';
import { ConfigurationError } from './config.js';
import { DEMO_OPENS, shiftedClock } from './demo-clock.js';

/** Raised with every change of what lies where; newer data is refused (DESIGN 4). */
const FORMAT = 1;

export type Mode = 'demo' | 'live';

export interface Agreed {
  readonly mode: Mode;
  /** How far the demo's clock is behind the real one, in milliseconds: it runs on, and survives restarts. */
  readonly clockBehind?: number;
}

interface Description extends Agreed {
  readonly format: number;
  readonly createdAt: string;
}

export interface Clocks {
  /** The clock of care: the demo's own in a demo, else the real one. */
  readonly clock: Clock;
  /** A moment of the real clock as the clock of care shows it. */
  asShown(real: Instant): Instant;
}

export interface DataDirectory {
  readonly path: string;
  readonly agreed: Agreed;
  file(name: string): string;
  release(): void;
}

export interface DataDirectoryOptions {
  readonly path: string;
  /** What it has to be; what it is, or a demo where it is new, when absent. */
  readonly mode?: Mode | undefined;
  /** The real one. */
  readonly clock?: Clock;
  /** Others may write meanwhile; nothing is made. */
  readonly readOnly?: boolean;
}

export class DirectoryInUseError extends Error {
  constructor(path: string) {
    super(`${path} is in use by another Throughcare process; stop it first`);
  }
}

/** @throws ConfigurationError, DirectoryInUseError */
export function openDataDirectory({
  path,
  mode,
  clock = systemClock,
  readOnly = false,
}: DataDirectoryOptions): DataDirectory {
  const file = (name: string): string => join(path, name);
  if (readOnly && !existsSync(file('store.json')))
    throw new ConfigurationError(`there is no Throughcare store in ${path}`);
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const lock = readOnly ? undefined : lockDirectory(path);
  try {
    const described = read(file('store.json')) ?? create(file('store.json'), mode ?? 'demo', clock);
    if (described.format > FORMAT) {
      throw new ConfigurationError(
        `${path} has format ${described.format}; this release knows ${FORMAT}. Start a newer release.`,
      );
    }
    if (mode && mode !== described.mode) {
      throw new ConfigurationError(`${path} is a ${described.mode} store and stays one; THROUGHCARE_MODE says ${mode}`);
    }
    const { mode: is, clockBehind } = described;
    const agreed = { mode: is, ...(clockBehind !== undefined && { clockBehind }) };
    return { path, agreed, file, release: () => lock?.close() };
  } catch (error) {
    lock?.close();
    throw error;
  }
}

/** @param real the real clock */
export const clocksOf = ({ clockBehind }: Agreed, real: Clock): Clocks => ({
  clock: clockBehind === undefined ? real : shiftedClock(real, clockBehind),
  asShown: (moment) => shiftedClock({ now: () => moment }, clockBehind ?? 0).now(),
});

/** The system drops it with the process, however that ends. */
function lockDirectory(path: string): DatabaseSync {
  const lock = new DatabaseSync(join(path, 'lock'));
  try {
    lock.exec('begin exclusive');
    return lock;
  } catch (error) {
    lock.close();
    if ((error as { errcode?: number }).errcode === 5) throw new DirectoryInUseError(path);
    throw error;
  }
}

function read(file: string): Description | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Description;
  } catch (cause) {
    throw new ConfigurationError(`${file} cannot be read; restore it from a backup`, { cause });
  }
}

function create(file: string, mode: Mode, clock: Clock): Description {
  const now = clock.now();
  const description = {
    format: FORMAT,
    mode,
    createdAt: now,
    ...(mode === 'demo' && { clockBehind: elapsed(DEMO_OPENS, now) }),
  };
  const draft = `${file}.new`;
  const handle = openSync(draft, 'w', 0o600);
  try {
    writeSync(handle, `${JSON.stringify(description, null, 2)}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(draft, file);
  return description;
}
