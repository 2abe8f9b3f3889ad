import { createHmac, timingSafeEqual, type KeyObject } from 'node:crypto';
import { deriveKey } from '../sealed-claims.js';

/** What is told once, when a link is made: the address goes by message, the code is read out over the telephone. */
export interface LinkSecret {
  /** Last part of the address. */
  readonly token: string;
  /** Six digits. */
  readonly code: string;
}

const ID_BYTES = 16;
/** 128 bits. */
const SECRET_BYTES = 16;
const DIGITS = 6;

/**
 * Addresses and codes of links to answer with (ADR 0007). They follow from the link's id under a key that is kept
 * apart, so no log, table or backup holds them, and a repeat of the command that made the link tells the same again.
 * The token begins with the journey's id: the link is found where it was recorded, and no list has to be up to date.
 */
export class LinkSecrets {
  private readonly key: KeyObject;

  /** @param secret 32 bytes of the keys directory */
  constructor(secret: Uint8Array) {
    this.key = deriveKey(secret, 'answer-link');
  }

  of(journeyId: string, link: string): LinkSecret {
    const token = Buffer.concat([
      bytesOf(journeyId),
      this.derive('address', journeyId, link).subarray(0, SECRET_BYTES),
    ]);
    return { token: token.toString('base64url'), code: this.code(journeyId, link) };
  }

  /** The journey that a token would belong to; undefined where it is none. Whether it is genuine `isToken` says. */
  journeyIn(token: string): string | undefined {
    if (!/^[\w-]{43}$/.test(token)) return undefined;
    const id = Buffer.from(token, 'base64url').subarray(0, ID_BYTES).toString('hex');
    return id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  }

  isToken(token: string, journeyId: string, link: string): boolean {
    return isSame(token, this.of(journeyId, link).token);
  }

  isCode(code: string, journeyId: string, link: string): boolean {
    return isSame(code, this.code(journeyId, link));
  }

  /** For a hidden field of the forms after the code: it says that the code was given, and is not the code. */
  formToken(journeyId: string, link: string): string {
    return this.derive('form', journeyId, link).toString('base64url');
  }

  isFormToken(given: string, journeyId: string, link: string): boolean {
    return isSame(given, this.formToken(journeyId, link));
  }

  private code(journeyId: string, link: string): string {
    // 2^48 numbers: every code has as many of them, but for one in some hundred million.
    const number = this.derive('code', journeyId, link).readUIntBE(0, 6);
    return String(number % 10 ** DIGITS).padStart(DIGITS, '0');
  }

  private derive(purpose: string, journeyId: string, link: string): Buffer {
    return createHmac('sha256', this.key).update([purpose, journeyId, link].join('\u001f')).digest();
  }
}

const bytesOf = (uuid: string): Buffer => Buffer.from(uuid.replaceAll('-', ''), 'hex');

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
