import { closeSync, existsSync, fsyncSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { isInstant, type Instant } from '#kernel';
import { syncDirectory } from './key-files.js';

/** The only grounds on which a person's key is destroyed (FACTS 6, right to erasure). */
export const destructionReasons = ['retentionEnded', 'recordedUnlawfully', 'wrongPerson'] as const;
export type DestructionReason = (typeof destructionReasons)[number];

export interface Destruction {
  readonly person: string;
  readonly reason: DestructionReason;
  readonly at: Instant;
}

/**
 * One line of JSON for each destroyed key. It lies with the keys and not with the vault, so that a vault restored
 * from before a destruction meets it again.
 */
export class DestroyedLog {
  constructor(private readonly file: string) {}

  /** @throws Error a line cannot be read: going on could bring a destroyed person back */
  entries(): readonly Destruction[] {
    if (!existsSync(this.file)) return [];
    const text = readFileSync(this.file, 'utf8');
    const end = text.lastIndexOf('\n') + 1;
    // A line without its end was cut off before anyone was told that it was done.
    if (end < text.length) this.cutAt(Buffer.byteLength(text.slice(0, end)));
    return text.slice(0, end).split('\n').slice(0, -1).map((line, i) => this.parse(line, i + 1));
  }

  /** Durable when it returns. */
  add(destruction: Destruction): void {
    const isNew = !existsSync(this.file);
    const handle = openSync(this.file, 'a', 0o600);
    try {
      writeSync(handle, `${JSON.stringify(destruction)}\n`);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    if (isNew) syncDirectory(dirname(this.file));
  }

  private cutAt(bytes: number): void {
    const handle = openSync(this.file, 'r+');
    try {
      ftruncateSync(handle, bytes);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  }

  private parse(line: string, number: number): Destruction {
    const unreadable = new Error(`${this.file} line ${number} cannot be read; repair it before starting`);
    let entry: Partial<Destruction>;
    try {
      entry = JSON.parse(line) as Partial<Destruction>;
    } catch {
      throw unreadable;
    }
    const { person, reason, at } = entry;
    const known = reason && destructionReasons.includes(reason);
    if (typeof person !== 'string' || !known || !isInstant(at)) throw unreadable;
    return { person, reason, at };
  }
}
