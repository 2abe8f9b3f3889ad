import { createHmac, type KeyObject } from 'node:crypto';
import canonicalize from 'canonicalize';

/**
 * The hash an event keeps of the command behind it (DESIGN 4). Keyed: without the key nobody can try likely
 * texts until one fits, so an event says nothing about what was typed.
 */
export const commandHasher =
  (key: KeyObject) =>
  (content: unknown): string => {
    const text = canonicalize(content);
    if (text === undefined) throw new TypeError('a command has content that JSON can hold');
    return createHmac('sha256', key).update(text).digest('base64url');
  };
