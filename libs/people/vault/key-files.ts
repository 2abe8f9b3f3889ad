import { randomBytes, randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** A key that data depends on is not there. Making a new one would hide that the data is unreadable. */
export class KeyMissingError extends Error {
  constructor(readonly file: string) {
    super(`the key ${file} is missing; restore it from the backup of the keys directory`);
  }
}

/**
 * 32 random bytes kept as one line of base64url in `<directory>/<name>.key`, readable by its owner only. Keys are
 * backed up apart from the data (DESIGN 7).
 *
 * @param create make it where it is absent; two processes that start at once get the same key
 * @throws KeyMissingError absent and not to be made, or not 32 bytes long
 */
export function loadKey(directory: string, name: string, create = true): Buffer {
  const file = join(directory, `${name}.key`);
  const present = read(file);
  if (present) return present;
  if (create) write(directory, file);
  const made = read(file);
  if (!made) throw new KeyMissingError(file);
  return made;
}

function read(file: string): Buffer | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  const key = Buffer.from(text.trim(), 'base64url');
  if (key.length !== 32) throw new KeyMissingError(file);
  return key;
}

/** Written whole under another name first: nobody ever reads half a key, and the first process to link it wins. */
function write(directory: string, file: string): void {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomUUID()}`;
  const handle = openSync(draft, 'wx', 0o600);
  try {
    writeSync(handle, `${randomBytes(32).toString('base64url')}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  try {
    linkSync(draft, file);
    syncDirectory(directory);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    unlinkSync(draft);
  }
}

/** A new file survives a power cut only once its directory is flushed too. */
export function syncDirectory(directory: string): void {
  const handle = openSync(directory, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
