import type { DatabaseSync } from 'node:sqlite';
import { MAX_PARTS, type Part } from '../subject.js';

/** Events read at a time: no read transaction outlasts them. */
const PAGE = 50_000;

/**
 * Which events fall into which part of the log. Whoever reads in parts reads all of them one by one: to look through
 * the whole log for each costs more than everything that is done with the events. Six bytes an event.
 */
export class PartsIndex {
  /** Ordinals by the hash of their subject, ascending for each; those of a hash begin at its `starts`. */
  private readonly ordinals: Uint32Array;
  private readonly starts = new Uint32Array(MAX_PARTS + 1);
  private last: { readonly part: Part; readonly ordinals: Uint32Array } | undefined;

  /** @param end the last ordinal that it knows of */
  constructor(
    db: DatabaseSync,
    readonly end: number,
  ) {
    // A page at once, as a list: to be handed one number after the other costs three times as much.
    const statement = db.prepare(
      'SELECT json_group_array(subject) FROM (SELECT subject FROM events WHERE ordinal > ? AND ordinal <= ? ORDER BY ordinal)',
    );
    statement.setReturnArrays(true);
    const subjects = new Uint16Array(end);
    let at = 0;
    for (let from = 0; from < end; from += PAGE) {
      const [list] = statement.get(from, Math.min(end, from + PAGE)) as unknown as [string];
      for (const subject of JSON.parse(list) as number[]) {
        subjects[at++] = subject;
        this.starts[subject + 1]!++;
      }
    }
    for (let hash = 0; hash < MAX_PARTS; hash++) this.starts[hash + 1]! += this.starts[hash]!;
    const next = this.starts.slice();
    this.ordinals = new Uint32Array(end);
    subjects.forEach((subject, i) => (this.ordinals[next[subject]!++] = i + 1));
  }

  /** Ordinals of a part, ascending: those after `from` and up to `end`, at most so many. */
  of(part: Part, from: number, end: number, limit: number): Uint32Array {
    const all = this.whole(part);
    const first = firstAfter(all, from);
    return all.subarray(first, Math.min(first + limit, firstAfter(all, end)));
  }

  private whole(part: Part): Uint32Array {
    if (this.last?.part.index === part.index && this.last.part.of === part.of) return this.last.ordinals;
    const slices: Uint32Array[] = [];
    for (let hash = part.index; hash < MAX_PARTS; hash += part.of) {
      slices.push(this.ordinals.subarray(this.starts[hash], this.starts[hash + 1]));
    }
    const ordinals = new Uint32Array(slices.reduce((length, slice) => length + slice.length, 0));
    let at = 0;
    for (const slice of slices) {
      ordinals.set(slice, at);
      at += slice.length;
    }
    this.last = { part, ordinals: ordinals.sort() };
    return ordinals;
  }
}

/** Place of the first that is greater. */
function firstAfter(ordinals: Uint32Array, ordinal: number): number {
  let [low, high] = [0, ordinals.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ordinals[middle]! <= ordinal) low = middle + 1;
    else high = middle;
  }
  return low;
}
