import { createHash, createHmac, randomUUID, timingSafeEqual, type KeyObject } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { fromMillis, hours, minutes, systemClock, toMillis, type Clock, type Instant } from '#kernel';
import { readCookie, setCookie } from './cookies.js';
import { ClaimsError, claimsOf, principalOf, type Principal } from './principal.js';
import type { RevokedSessions } from './revoked-sessions.js';
import { deriveKey, SealedClaims } from './sealed-claims.js';

export const SESSION_COOKIE = 'throughcare_session';

export interface Session {
  readonly id: string;
  readonly principal: Principal;
  readonly startedAt: Instant;
  readonly lastSeenAt: Instant;
  /** Whatever happens, the session ends here. */
  readonly endsAt: Instant;
}

export type SessionRead =
  /** `setCookie` is there when the moment last seen has to be written anew: send it along. */
  | { readonly session: Session; readonly setCookie?: string }
  | { readonly session?: undefined; readonly ended: 'none' | 'expired' | 'idle' | 'signedOut' | 'unreadable' };

export interface SessionOptions {
  /** 32 bytes from the keys directory. */
  readonly secret: Uint8Array;
  readonly revoked: RevokedSessions;
  /** The real clock, also where the demo has one of its own (DESIGN 9). */
  readonly clock?: Clock;
  /** Milliseconds from sign-in; 12 hours, a long shift. */
  readonly longest?: number;
  /** Milliseconds without a request; 30 minutes. */
  readonly idle?: number;
}

const OPENED_COOKIES = 5000;

/** Signed-in browsers: an encrypted cookie holds the session, a table those that were signed out. */
export class Sessions {
  private readonly sealed: SealedClaims;
  private readonly csrfKey: KeyObject;
  private readonly revoked: RevokedSessions;
  private readonly clock: Clock;
  private readonly longest: number;
  private readonly idle: number;
  /** What cookies hold, by hash: opening one costs as much as drawing a small page, and every page sends it again. */
  private readonly opened = new LRUCache<string, Session>({ max: OPENED_COOKIES });

  constructor({ secret, revoked, clock = systemClock, longest = hours(12), idle = minutes(30) }: SessionOptions) {
    this.sealed = new SealedClaims(secret, 'session', clock);
    this.csrfKey = deriveKey(secret, 'csrf');
    this.revoked = revoked;
    this.clock = clock;
    this.longest = longest;
    this.idle = idle;
  }

  /** Always under a new id: a cookie from before the sign-in is worth nothing after it. */
  async start(principal: Principal, secure: boolean): Promise<{ session: Session; setCookie: string }> {
    const now = this.clock.now();
    const endsAt = fromMillis(Math.floor((toMillis(now) + this.longest) / 1000) * 1000);
    const session = { id: randomUUID(), principal, startedAt: now, lastSeenAt: now, endsAt };
    return { session, setCookie: await this.cookie(session, secure) };
  }

  async read(cookieHeader: string | undefined, secure: boolean): Promise<SessionRead> {
    const value = readCookie(cookieHeader, SESSION_COOKIE);
    if (!value) return { ended: 'none' };
    const now = this.clock.now();
    const session = await this.open(value, now);
    if (typeof session === 'string') return { ended: session };
    const unused = toMillis(now) - toMillis(session.lastSeenAt);
    if (unused > this.idle) return { ended: 'idle' };
    if (await this.revoked.has(session.id)) return { ended: 'signedOut' };
    if (unused < Math.min(minutes(1), this.idle / 2)) return { session };
    const seen = { ...session, lastSeenAt: now };
    return { session: seen, setCookie: await this.cookie(seen, secure) };
  }

  /** Signed out for every copy of the cookie, durable; answers the header that removes it here. */
  async end(session: Session, secure: boolean): Promise<string> {
    await this.revoked.add(session.id, session.endsAt, this.clock.now());
    return setCookie(SESSION_COOKIE, '', { secure, maxAge: 0 });
  }

  /** For a hidden field of every form of this session. */
  csrfToken(session: Session): string {
    return createHmac('sha256', this.csrfKey).update(session.id).digest('base64url');
  }

  checkCsrf(session: Session, token: unknown): boolean {
    const expected = Buffer.from(this.csrfToken(session));
    const given = Buffer.from(typeof token === 'string' ? token : '');
    return given.length === expected.length && timingSafeEqual(given, expected);
  }

  private async open(cookie: string, now: Instant): Promise<Session | 'expired' | 'unreadable'> {
    const hash = createHash('sha256').update(cookie).digest('base64');
    const known = this.opened.get(hash);
    if (known && now < known.endsAt) return known;
    const claims = await this.sealed.open(cookie);
    if (typeof claims === 'string') return claims;
    const session = sessionOf(claims);
    if (session) this.opened.set(hash, session);
    return session ?? 'unreadable';
  }

  private async cookie(session: Session, secure: boolean): Promise<string> {
    const { id, principal, startedAt, lastSeenAt, endsAt } = session;
    const claims = { ...claimsOf(principal), jti: id, started: startedAt, seen: lastSeenAt };
    const maxAge = Math.max(0, Math.floor((toMillis(endsAt) - toMillis(lastSeenAt)) / 1000));
    return setCookie(SESSION_COOKIE, await this.sealed.seal(claims, toMillis(endsAt)), { secure, maxAge });
  }
}

/** Undefined for a session of an earlier release whose claims no longer make a principal. */
function sessionOf(claims: Readonly<Record<string, unknown>>): Session | undefined {
  try {
    return {
      id: String(claims['jti']),
      principal: principalOf(claims),
      startedAt: String(claims['started']),
      lastSeenAt: String(claims['seen']),
      endsAt: fromMillis(Number(claims['exp']) * 1000),
    };
  } catch (error) {
    if (error instanceof ClaimsError) return undefined;
    throw error;
  }
}
