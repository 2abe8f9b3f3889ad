/** Files of the read models: one a generation, and a pointer to the one that is served. */
import {
  closeSync, fsyncSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, renameSync, rmSync, statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ProjectorBusyError } from '../generations.js';

const ASIDE = 'aside-';
const A_DAY = 86_400_000;

export class GenerationFiles {
  constructor(readonly directory: string) {
    mkdirSync(directory, { recursive: true });
  }

  /** Name of the file served now, `<generation>` or `<generation>-<build>`; undefined before the first build. */
  current(): string | undefined {
    try {
      return readFileSync(join(this.directory, 'current'), 'utf8').trim() || undefined;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  path(name: string): string {
    return join(this.directory, `${name}.db`);
  }

  /** Where a generation is built; becomes `path` by `finish`, so that a build cut short is never served. */
  buildingPath(name: string): string {
    return join(this.directory, `${name}.building`);
  }

  /** A name not taken yet by a file of this generation. */
  freeName(generation: string): string {
    const taken = new Set(readdirSync(this.directory));
    for (let build = 1; ; build++) {
      const name = build === 1 ? generation : `${generation}-${build}`;
      if (!taken.has(`${name}.db`)) return name;
    }
  }

  finish(name: string): void {
    syncFile(this.buildingPath(name));
    renameSync(this.buildingPath(name), this.path(name));
    syncFile(this.directory);
  }

  /** Atomic: a reader finds the old name or the new one. */
  pointTo(name: string): void {
    const next = join(this.directory, 'current.next');
    writeFileSync(next, `${name}\n`, { flush: true });
    renameSync(next, join(this.directory, 'current'));
    syncFile(this.directory);
  }

  remove(name: string): void {
    removeDatabase(this.path(name));
  }

  /** Deletes what no pointer names: generations left behind and builds cut short. */
  sweep(keep: readonly string[]): void {
    for (const file of readdirSync(this.directory)) {
      const [, name, kind] = /^([0-9a-f]{16}(?:-\d+)?)\.(db|building)/.exec(file) ?? [];
      if (name && (kind === 'building' || !keep.includes(name))) rmSync(join(this.directory, file), { force: true });
      if (file.startsWith(ASIDE) && this.isOld(file)) rmSync(join(this.directory, file), { recursive: true, force: true });
    }
  }

  /** A directory to build in without touching what is served; whoever asked deletes it. */
  aside(): string {
    return mkdtempSync(join(this.directory, ASIDE));
  }

  private isOld(file: string): boolean {
    return Date.now() - statSync(join(this.directory, file)).mtimeMs > A_DAY;
  }

  /**
   * One projector writes at a time. The lock is SQLite's own on an empty database: it ends with the process,
   * however that ends. @throws ProjectorBusyError
   */
  lock(): { release(): void } {
    const database = new DatabaseSync(join(this.directory, 'projector.lock'), { timeout: 0 });
    try {
      database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
    } catch {
      database.close();
      throw new ProjectorBusyError(this.directory);
    }
    return { release: () => database.close() };
  }
}

export function removeDatabase(path: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(path + suffix, { force: true });
}

function syncFile(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
