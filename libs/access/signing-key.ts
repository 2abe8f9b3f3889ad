import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';

export interface SigningKey {
  readonly private: KeyObject;
  readonly public: KeyObject;
}

/** PKCS #8 around an Ed25519 seed (RFC 8410). */
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/**
 * The Ed25519 key pair of the development provider and its tokens, out of 32 bytes of the keys directory: the
 * command line and the server come to the same one without talking to each other.
 */
export function signingKey(seed: Uint8Array): SigningKey {
  const key = createPrivateKey({ key: Buffer.concat([pkcs8, seed]), format: 'der', type: 'pkcs8' });
  return { private: key, public: createPublicKey(key) };
}
