/** Claims that only we can read, for cookies: JWE, `dir` with A256GCM, one derived key a purpose. */
import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import { EncryptJWT, jwtDecrypt } from 'jose';
import { JWTExpired } from 'jose/errors';
import { toMillis, type Clock } from '#kernel';

export class SealedClaims {
  private readonly key: KeyObject;

  /**
   * @param secret 32 bytes
   * @param purpose what was sealed for one purpose does not open for another
   */
  constructor(
    secret: Uint8Array,
    purpose: string,
    private readonly clock: Clock,
  ) {
    this.key = deriveKey(secret, purpose);
  }

  /** @param expiresAt milliseconds; rounded down to whole seconds */
  seal(claims: Record<string, unknown>, expiresAt: number): Promise<string> {
    return new EncryptJWT(claims)
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
      .setExpirationTime(Math.floor(expiresAt / 1000))
      .encrypt(this.key);
  }

  /** `unreadable` where it was changed, cut, or sealed by somebody else. */
  async open(sealed: string): Promise<Readonly<Record<string, unknown>> | 'expired' | 'unreadable'> {
    try {
      const { payload } = await jwtDecrypt(sealed, this.key, {
        currentDate: new Date(toMillis(this.clock.now())),
        keyManagementAlgorithms: ['dir'],
        contentEncryptionAlgorithms: ['A256GCM'],
        requiredClaims: ['exp'],
      });
      return payload;
    } catch (error) {
      return error instanceof JWTExpired ? 'expired' : 'unreadable';
    }
  }
}

/** One secret file serves several purposes, none of which tells anything about another. */
export const deriveKey = (secret: Uint8Array, purpose: string): KeyObject =>
  createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', `throughcare ${purpose}`, 32)));
