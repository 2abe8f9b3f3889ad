/**
 * A file of events by part, written once from its beginning to its end. It holds what the log holds, so nobody else may
 * open it: its name is gone before the first byte is written, and the disk has its room back however the process ends.
 */
import { randomUUID } from 'node:crypto';
import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { RecordedEvent } from '#kernel';

/** Parts that are kept apart; a power of two, so that two, four … of them together are a part too. */
export const SPOOLED_PARTS = 1_024;
/** Bytes gathered for a part before they are written: 16 MB for all. */
const BLOCK = 16 * 1024;
/** A UTF-16 code unit is never more bytes than that. */
const BYTES_PER_UNIT = 3;

/** Where a part lies in the file. Plain data, so that it crosses threads. */
export interface SpoolMap {
  /** Of the process: all its threads read by it. */
  readonly fd: number;
  /** By part: where each of its blocks begins, and how many bytes it has. */
  readonly blocks: readonly (readonly number[])[];
}

const COMMA = 0x2c;

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

  add(part: number, event: RecordedEvent): void {
    const json = JSON.stringify(event);
    const most = json.length * BYTES_PER_UNIT + 1;
    if (this.filled[part]! + most > BLOCK) this.write(part);
    if (most > BLOCK) {
      this.append(part, Buffer.from(json));
      return;
    }
    const begin = part * BLOCK;
    let at = begin + this.filled[part]!;
    if (at > begin) this.gathered[at++] = COMMA;
    this.filled[part] = at - begin + this.gathered.write(json, at);
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

/** The events of one part, in the order in which they were added, some at a time. */
export function* eventsIn({ fd, blocks }: SpoolMap, part: number): Generator<readonly RecordedEvent[]> {
  const places = blocks[part]!;
  for (let i = 0; i < places.length; i += 2) {
    const [begin, length] = [places[i]!, places[i + 1]!];
    // Of a block's own size: a pooled one would be kept whole by whatever outlives it.
    const bytes = Buffer.allocUnsafeSlow(length);
    for (let read = 0; read < length; ) {
      const more = readSync(fd, bytes, read, length - read, begin + read);
      if (more === 0) throw new Error('the spool of the log ends early');
      read += more;
    }
    yield JSON.parse(`[${bytes.toString()}]`) as RecordedEvent[];
  }
}
