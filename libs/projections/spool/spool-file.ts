/**
 * A file of events by part, written once from its beginning to its end. It holds what the log holds, so nobody else may
 * open it: its name is gone before the first byte is written, and the disk has its room back however the process ends.
 */
import { randomUUID } from 'node:crypto';
import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** Parts that are kept apart; a power of two, so that two, four … of them together are a part too. */
export const SPOOLED_PARTS = 1_024;
/** Bytes gathered for a part before they are written: 16 MB for all. */
const BLOCK = 16 * 1024;
/** In front of each event: its length in bytes, and its ordinal. */
const HEAD = 4 + 6;

/** Where a part lies in the file. Plain data, so that it crosses threads. */
export interface SpoolMap {
  /** Of the process: all its threads read by it. */
  readonly fd: number;
  /** By part: where each of its blocks begins, and how many bytes it has. */
  readonly blocks: readonly (readonly number[])[];
}

export class SpoolFile {
  private readonly fd: number;
  private readonly gathered = Buffer.allocUnsafe(SPOOLED_PARTS * BLOCK);
  private readonly filled = new Int32Array(SPOOLED_PARTS);
  private readonly blocks: number[][] = Array.from({ length: SPOOLED_PARTS }, () => []);
  private end = 0;

  /** @param directory on a disk with room for the whole log as JSON */
  constructor(directory: string) {
    const path = join(directory, `spool-${randomUUID()}`);
    this.fd = openSync(path, 'wx+', 0o600);
    rmSync(path);
  }

  add(part: number, event: Uint8Array, ordinal: number): void {
    const length = HEAD + event.byteLength;
    if (this.filled[part]! + length > BLOCK) this.write(part);
    if (length > BLOCK) {
      const alone = Buffer.allocUnsafe(length);
      put(alone, 0, event, ordinal);
      this.append(part, alone);
      return;
    }
    put(this.gathered, part * BLOCK + this.filled[part]!, event, ordinal);
    this.filled[part]! += length;
  }

  /** Once everything was added. */
  finish(): SpoolMap {
    for (let part = 0; part < SPOOLED_PARTS; part++) this.write(part);
    return { fd: this.fd, blocks: this.blocks };
  }

  close(): void {
    closeSync(this.fd);
  }

  private write(part: number): void {
    const [begin, length] = [part * BLOCK, this.filled[part]!];
    if (length > 0) this.append(part, this.gathered.subarray(begin, begin + length));
    this.filled[part] = 0;
  }

  private append(part: number, bytes: Buffer): void {
    for (let written = 0; written < bytes.length; ) {
      written += writeSync(this.fd, bytes, written, bytes.length - written, this.end + written);
    }
    this.blocks[part]!.push(this.end, bytes.length);
    this.end += bytes.length;
  }
}

function put(into: Buffer, at: number, event: Uint8Array, ordinal: number): void {
  into.writeUInt32LE(event.byteLength, at);
  into.writeUIntLE(ordinal, at + 4, 6);
  into.set(event, at + HEAD);
}

/** What was added to one part, in that order, some at a time. */
export function* eventsIn<Event>(
  { fd, blocks }: SpoolMap, part: number, decode: (event: Uint8Array, ordinal: number) => Event,
): Generator<readonly Event[]> {
  const places = blocks[part]!;
  for (let i = 0; i < places.length; i += 2) {
    const bytes = blockAt(fd, places[i]!, places[i + 1]!);
    const events: Event[] = [];
    for (let at = 0; at < bytes.length; ) {
      const from = at + HEAD;
      const end = from + bytes.readUInt32LE(at);
      events.push(decode(bytes.subarray(from, end), bytes.readUIntLE(at + 4, 6)));
      at = end;
    }
    yield events;
  }
}

function blockAt(fd: number, begin: number, length: number): Buffer {
  // Of a block's own size: a pooled one would be kept whole by whatever outlives it.
  const bytes = Buffer.allocUnsafeSlow(length);
  for (let read = 0; read < length; ) {
    const more = readSync(fd, bytes, read, length - read, begin + read);
    if (more === 0) throw new Error('the spool of the log ends early');
    read += more;
  }
  return bytes;
}
