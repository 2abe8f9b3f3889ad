/** Bearer tokens of the API: JWTs of a known issuer for the audience `throughcare`. */
import { hash, randomUUID } from 'node:crypto';
import { createRemoteJWKSet, jwtVerify, SignJWT, type CryptoKey, type JWTVerifyGetKey, type KeyObject } from 'jose';
import { JOSEError, JWKSTimeout, JWTClaimValidationFailed, JWTExpired } from 'jose/errors';
import { LRUCache } from 'lru-cache';
import { allowInsecureRequests, discovery } from 'openid-client';
import { minutes, systemClock, toMillis, type Clock } from '#kernel';
import { personaOf } from './personas.js';
import { ClaimsError, claimsOf, principalOf, type Principal } from './principal.js';
import { refuseInProduction, SignInSettingsError, type OpenIdSettings } from './settings.js';
import { signingKey } from './signing-key.js';

export const TOKEN_AUDIENCE = 'throughcare';
export const DEVELOPMENT_ISSUER = 'urn:throughcare:development';

export class TokenRefusedError extends Error {
  constructor(readonly code: 'expired' | 'issuer' | 'audience' | 'claims' | 'invalid') {
    super(`the token was refused: ${code}`);
  }
}

/** Whose tokens are taken. */
export interface TrustedIssuer {
  readonly issuer: string;
  readonly key: KeyObject | CryptoKey | JWTVerifyGetKey;
  readonly algorithms: readonly string[];
}

/** @param seed the development signing key; @throws SignInSettingsError in production mode */
export function developmentIssuer(seed: Uint8Array, env: NodeJS.ProcessEnv = process.env): TrustedIssuer {
  refuseInProduction(env, 'A development token');
  return { issuer: DEVELOPMENT_ISSUER, key: signingKey(seed).public, algorithms: ['EdDSA'] };
}

/** The production provider's tokens; it is asked for its keys with the first token. */
export function openIdIssuer({ issuer, clientId }: OpenIdSettings): () => Promise<TrustedIssuer> {
  let found: TrustedIssuer | undefined;
  return async () => (found ??= await discover(issuer, clientId));
}

async function discover(address: URL, clientId: string): Promise<TrustedIssuer> {
  const insecure = address.protocol === 'http:' ? { execute: [allowInsecureRequests] } : {};
  const { issuer, jwks_uri: keys } = (await discovery(address, clientId, {}, undefined, insecure)).serverMetadata();
  if (!keys) throw new SignInSettingsError(`${issuer} publishes no keys`);
  return { issuer, key: createRemoteJWKSet(new URL(keys)), algorithms: ['RS256', 'PS256', 'ES256', 'EdDSA'] };
}

/** A token once checked is not checked again for this long, nor past its end; a withdrawn key counts after it. */
const TRUST = minutes(5);
const CHECKED_TOKENS = 5000;

export class TokenVerifier {
  private readonly checked: LRUCache<string, { principal: Principal; until: number }>;

  constructor(
    private readonly trusted: TrustedIssuer | (() => Promise<TrustedIssuer>),
    private readonly clock: Clock = systemClock,
  ) {
    this.checked = new LRUCache({ max: CHECKED_TOKENS });
  }

  /** @throws TokenRefusedError; anything else means that the issuer's keys could not be fetched */
  async verify(token: string): Promise<Principal> {
    const now = toMillis(this.clock.now());
    // By hash: a dump of memory does not hold working tokens longer than a request does.
    const key = hash('sha256', token, 'base64');
    const known = this.checked.get(key);
    if (known && now < known.until) return known.principal;
    if (known) this.checked.delete(key);
    const { principal, endsAt } = await this.check(token, now);
    this.checked.set(key, { principal, until: Math.min(endsAt, now + TRUST) });
    return principal;
  }

  private async check(token: string, now: number): Promise<{ principal: Principal; endsAt: number }> {
    const { issuer, key, algorithms } = typeof this.trusted === 'function' ? await this.trusted() : this.trusted;
    const options = {
      issuer,
      audience: TOKEN_AUDIENCE,
      algorithms: [...algorithms],
      requiredClaims: ['exp'],
      currentDate: new Date(now),
    };
    try {
      const { payload } = await (typeof key === 'function'
        ? jwtVerify(token, key, options)
        : jwtVerify(token, key, options));
      return { principal: principalOf(payload), endsAt: Number(payload.exp) * 1000 };
    } catch (error) {
      throw refusal(error);
    }
  }
}

function refusal(error: unknown): unknown {
  if (error instanceof JWTExpired) return new TokenRefusedError('expired');
  if (error instanceof JWTClaimValidationFailed) {
    const code = error.claim === 'iss' ? 'issuer' : error.claim === 'aud' ? 'audience' : 'claims';
    return new TokenRefusedError(code);
  }
  if (error instanceof ClaimsError) return new TokenRefusedError('claims');
  return error instanceof JOSEError && !(error instanceof JWKSTimeout) ? new TokenRefusedError('invalid') : error;
}

export interface MintOptions {
  readonly persona: string;
  /** 32 bytes of the keys directory, the same as the server's. */
  readonly seed: Uint8Array;
  /** Milliseconds it is good for. */
  readonly ttl: number;
  readonly clock?: Clock;
  readonly env?: NodeJS.ProcessEnv;
}

/**
 * A token for one of the personas; the server need not run.
 * @throws SignInSettingsError in production mode; RangeError no such persona
 */
export async function mintDevelopmentToken(options: MintOptions): Promise<string> {
  const { persona, seed, ttl, clock = systemClock, env = process.env } = options;
  refuseInProduction(env, 'A development token');
  const principal = personaOf(persona);
  if (!principal) throw new RangeError(`there is no persona ${persona}`);
  const now = Math.floor(toMillis(clock.now()) / 1000);
  return new SignJWT(claimsOf(principal))
    .setProtectedHeader({ alg: 'EdDSA' })
    .setIssuer(DEVELOPMENT_ISSUER)
    .setAudience(TOKEN_AUDIENCE)
    .setSubject(principal.id)
    .setJti(randomUUID())
    .setIssuedAt(now)
    .setExpirationTime(now + Math.floor(ttl / 1000))
    .sign(signingKey(seed).private);
}
