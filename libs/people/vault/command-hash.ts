import { createHmac, type KeyObject } from 'node:crypto';
import { canonicalJson } from '#kernel';

/**
 * The hash an event keeps of the command behind it (DESIGN 4). Keyed: without the key nobody can try likely
 * texts until one fits, so an event says nothing about what was typed.
 */
export const commandHasher =
  (key: KeyObject) =>
  (content: unknown): string =>
    createHmac('sha256', key).update(canonicalJson(content)).digest('base64url');
