/**
 * Writes a protobuf message from its last byte to its first: what a part holds stands there before its length is written
 * in front of it, so nothing is measured twice. Fields are given last first.
 */
export class MessageWriter {
  private readonly buffer: Buffer;
  private at: number;

  /** @param size bytes, at least what will be written */
  constructor(size: number) {
    this.buffer = Buffer.allocUnsafe(size);
    this.at = size;
  }

  /** What has been written. Shares memory with the writer. */
  bytes(): Buffer {
    return this.buffer.subarray(this.at);
  }

  /** To be given to `part` when the fields of the part are written. */
  end(): number {
    return this.at;
  }

  /** Everything since `end` becomes one field. */
  part(field: number, end: number): void {
    this.varint(end - this.at);
    this.varint(field * 8 + 2);
  }

  text(field: number, value: string): void {
    const end = this.at;
    this.at -= Buffer.byteLength(value);
    this.buffer.write(value, this.at);
    this.part(field, end);
  }

  whole(field: number, value: number | bigint): void {
    if (typeof value === 'number' || value <= Number.MAX_SAFE_INTEGER) this.varint(Number(value));
    else this.large(value);
    this.varint(field * 8);
  }

  /** Up to 2^64. */
  private large(value: bigint): void {
    const bytes: number[] = [];
    let rest = value;
    for (; rest >= 0x80n; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
    bytes.push(Number(rest));
    this.at -= bytes.length;
    this.buffer.set(bytes, this.at);
  }

  /** Seven bits a byte, the lowest first. Exact up to 2^53. */
  private varint(value: number): void {
    let size = 1;
    for (let rest = value; rest >= 0x80; rest = Math.floor(rest / 0x80)) size++;
    this.at -= size;
    let i = this.at;
    let rest = value;
    for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) this.buffer[i++] = (rest % 0x80) | 0x80;
    this.buffer[i] = rest;
  }
}
