/** AES-256-GCM as the vault uses it: IV, tag and ciphertext in one buffer, bound to what it belongs to. */
import { createCipheriv, createDecipheriv, randomFillSync, type KeyObject } from 'node:crypto';

const IV_BYTES = 12;
const TAG_BYTES = 16;
const HEADER_BYTES = IV_BYTES + TAG_BYTES;

// Asking the system for twelve bytes at a time costs as much as the encryption itself.
const ivs = Buffer.alloc(IV_BYTES * 4096);
let used = ivs.length;

function freshIv(): Buffer {
  if (used === ivs.length) {
    randomFillSync(ivs);
    used = 0;
  }
  return ivs.subarray(used, (used += IV_BYTES));
}

/** Changed bytes, another person's bytes, or another key. */
export class SealBrokenError extends Error {
  constructor() {
    super('the ciphertext does not belong here or was changed');
  }
}

/** @param binds what the ciphertext belongs to; it opens with the same bytes only */
export function encrypt(key: KeyObject, plain: Buffer, binds: Buffer): Buffer {
  const iv = freshIv();
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  cipher.setAAD(binds);
  const body = cipher.update(plain);
  cipher.final();
  const out = Buffer.allocUnsafe(HEADER_BYTES + body.length);
  iv.copy(out, 0);
  cipher.getAuthTag().copy(out, IV_BYTES);
  body.copy(out, HEADER_BYTES);
  return out;
}

/** @throws SealBrokenError */
export function decrypt(key: KeyObject, sealed: Uint8Array, binds: Buffer): Buffer {
  if (sealed.length < HEADER_BYTES) throw new SealBrokenError();
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAAD(binds);
  decipher.setAuthTag(sealed.subarray(IV_BYTES, HEADER_BYTES));
  const plain = decipher.update(sealed.subarray(HEADER_BYTES));
  try {
    decipher.final();
  } catch {
    throw new SealBrokenError();
  }
  return plain;
}
