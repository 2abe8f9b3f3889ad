/** What every adapter checks before it reads. */
import type { ReadAllOptions, ReadStreamOptions } from './port.js';
import { MAX_PARTS } from './subject.js';

/** @throws RangeError for a negative or broken number */
export function checkReadStream({ from, limit }: ReadStreamOptions): void {
  whole('from', from, 0);
  whole('limit', limit, 1);
}

/** @throws RangeError for a number or a part that makes no sense */
export function checkReadAll({ afterOrdinal, limit, toOrdinal, part }: ReadAllOptions): void {
  whole('afterOrdinal', afterOrdinal, 0);
  whole('limit', limit, 1);
  whole('toOrdinal', toOrdinal, 0);
  if (!part) return;
  whole('part.of', part.of, 1);
  whole('part.index', part.index, 0);
  if (part.of > MAX_PARTS || part.index >= part.of)
    throw new RangeError(`there is no part ${part.index} of ${part.of}`);
}

function whole(name: string, value: number | undefined, least: number): void {
  if (value === undefined || (Number.isSafeInteger(value) && value >= least)) return;
  throw new RangeError(`${name} is ${value}`);
}

/** The ordinal behind a position of a store whose positions are its ordinals. @throws RangeError */
export function ordinalOf(position: string): number {
  const ordinal = Number(position);
  if (!/^\d{1,16}$/.test(position) || !Number.isSafeInteger(ordinal)) {
    throw new RangeError(`${JSON.stringify(position)} is not a position of this store`);
  }
  return ordinal;
}
