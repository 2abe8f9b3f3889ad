import { randomUUID } from 'node:crypto';
import { Problem } from '#commands';
import { deriveId, type Actor } from '#kernel';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export const isId = (value: unknown): value is string =>
  typeof value === 'string' && uuid.test(value) && value === value.toLowerCase();

/**
 * The command's id out of `Idempotency-Key`. A UUID is the id; other keys are only unlike each other within one
 * organisation, so the id is made from both.
 */
export function commandIdFrom(key: string | string[] | undefined, actor: Actor): string {
  if (typeof key !== 'string' || key === '') {
    throw new Problem(
      'malformed-request',
      'Send an Idempotency-Key, such as a new UUID: a repeat under it is answered as the first time.',
    );
  }
  if (uuid.test(key)) return key.toLowerCase();
  if (!/^[\x21-\x7e]{1,200}$/.test(key)) {
    throw new Problem(
      'malformed-request',
      'The Idempotency-Key is longer than 200 characters, or has blanks or letters outside ASCII.',
    );
  }
  return deriveId('idempotency-key', actor.organisation, key);
}

/** The revision that the caller decided on. `*` asks for any, as if nothing was sent. */
export function revisionFrom(ifMatch: string | undefined): number | undefined {
  if (ifMatch === undefined || ifMatch === '*') return undefined;
  const revision = /^"(-1|\d{1,15})"$/.exec(ifMatch.trim())?.[1];
  if (revision === undefined)
    throw new Problem('malformed-request', 'If-Match is not an ETag that was given here, like "7".');
  return Number(revision);
}

export const etagOf = (revision: number): string => `"${revision}"`;

export const requestId = (): string => randomUUID();
