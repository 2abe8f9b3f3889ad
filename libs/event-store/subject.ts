import type { RecordedEvent } from '#kernel';

/** Parts of a log are counted modulo this; `part.of` may not exceed it. */
export const MAX_PARTS = 4096;

/** Whose event it is: its person, else its stream. */
export const subjectOf = (event: Pick<RecordedEvent, 'person' | 'stream'>): string => event.person ?? event.stream;

/** FNV-1a over UTF-16 code units, as a signed 32-bit integer. Stored in files: it never changes. */
export function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash;
}

/** 0 to MAX_PARTS - 1; the upper bits, which FNV-1a mixes better, are folded in. */
export function subjectHash(subject: string): number {
  const hash = hash32(subject);
  return (hash ^ (hash >>> 16)) & (MAX_PARTS - 1);
}

export interface Part {
  readonly index: number;
  readonly of: number;
}

export const inPart = (event: Pick<RecordedEvent, 'person' | 'stream'>, part: Part): boolean =>
  subjectHash(subjectOf(event)) % part.of === part.index;
