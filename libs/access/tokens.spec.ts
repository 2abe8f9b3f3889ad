import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { SignJWT, UnsecuredJWT } from 'jose';
import { fromMillis, hours, minutes } from '#kernel';
import { personaOf } from './personas.js';
import { claimsOf } from './principal.js';
import { signingKey } from './signing-key.js';
import {
  DEVELOPMENT_ISSUER, developmentIssuer, mintDevelopmentToken, openIdIssuer, TOKEN_AUDIENCE, TokenRefusedError,
  TokenVerifier,
} from './tokens.js';

const seed = Buffer.alloc(32, 5);
const env = {};
let now = Date.parse('2026-11-23T08:00:00.000Z');
const clock = { now: () => fromMillis(now) };
const verifier = () => new TokenVerifier(developmentIssuer(seed, env), clock);
const mint = (ttl = hours(1)) => mintDevelopmentToken({ persona: 'coordinator-torbay', seed, ttl, clock, env });
const { id: _id, job: _job, ...principal } = personaOf('coordinator-torbay')!;

interface Change {
  readonly issuer?: string;
  readonly audience?: string;
  readonly claims?: object;
  readonly expires?: boolean;
  readonly key?: typeof seed;
}

const signed = (change: Change) => {
  const token = new SignJWT({ ...claimsOf(principal), ...change.claims })
    .setProtectedHeader({ alg: 'EdDSA' })
    .setIssuer(change.issuer ?? DEVELOPMENT_ISSUER)
    .setAudience(change.audience ?? TOKEN_AUDIENCE);
  if (change.expires !== false) token.setExpirationTime(now / 1000 + 60);
  return token.sign(signingKey(change.key ?? seed).private);
};

describe('A bearer token', () => {
  it('of a persona is that coordinator, minted without a server', async () => {
    expect(await verifier().verify(await mint())).toEqual(principal);
  });

  it('is refused once it has expired, also when it was taken before', async () => {
    const token = await mint(minutes(2));
    const checking = verifier();
    await checking.verify(token);
    now += minutes(2) - 1;
    await checking.verify(token);
    now += 1;
    await expect(checking.verify(token)).rejects.toMatchObject({ code: 'expired' });
    await expect(verifier().verify(token)).rejects.toMatchObject({ code: 'expired' });
  });

  it.each([
    ['of another issuer', { issuer: 'https://elsewhere.example' }, 'issuer'],
    ['for another audience', { audience: 'somebody-else' }, 'audience'],
    ['that never expires', { expires: false }, 'claims'],
    ['signed by somebody else', { key: Buffer.alloc(32, 6) }, 'invalid'],
    ['of the system itself', { claims: { role: 'system' } }, 'claims'],
    ['of somebody with a one-use link', { claims: { role: 'linkHolder' } }, 'claims'],
    ['with a role nobody has', { claims: { role: 'root' } }, 'claims'],
    ['without an organisation', { claims: { organisation: undefined } }, 'claims'],
    ['not valid yet', { claims: { nbf: 4_000_000_000 } }, 'claims'],
  ])('%s is refused', async (_title, change, code) => {
    await expect(verifier().verify(await signed(change))).rejects.toMatchObject({ code });
  });

  it('is refused after any change, without a signature, or under a weaker algorithm', async () => {
    const token = await mint();
    const [header, payload, signature] = token.split('.') as [string, string, string];
    const promoted = Buffer.from(payload, 'base64url').toString().replace('"coordinator"', '"administrator"');
    const publicKey = signingKey(seed).public.export({ format: 'pem', type: 'spki' });
    const confused = await new SignJWT(claimsOf(principal))
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer(DEVELOPMENT_ISSUER)
      .setAudience(TOKEN_AUDIENCE)
      .setExpirationTime(now / 1000 + 60)
      .sign(Buffer.from(publicKey));
    const unsigned = new UnsecuredJWT(claimsOf(principal)).setIssuer(DEVELOPMENT_ISSUER).setAudience(TOKEN_AUDIENCE);
    const bad = [
      `${header}.${Buffer.from(promoted).toString('base64url')}.${signature}`,
      `${header}.${payload}.`,
      `${header}.${payload}.${Buffer.alloc(64).toString('base64url')}`,
      confused,
      unsigned.setExpirationTime(now / 1000 + 60).encode(),
      'not a token',
      '',
    ];
    for (const text of bad) await expect(verifier().verify(text)).rejects.toMatchObject({ code: 'invalid' });
  });

  it('is checked once and then known, for five minutes', async () => {
    let asked = 0;
    const counting = new TokenVerifier(
      {
        issuer: DEVELOPMENT_ISSUER,
        algorithms: ['EdDSA'],
        key: async () => {
          asked++;
          return signingKey(seed).public;
        },
      },
      clock,
    );
    const token = await mint();
    for (let i = 0; i < 10; i++) await counting.verify(token);
    expect(asked).toBe(1);
    now += minutes(5);
    await counting.verify(token);
    expect(asked).toBe(2);
  });

  it('of the production provider is checked with the keys that it publishes', async () => {
    const metadata = { issuer: '', jwks_uri: '', authorization_endpoint: '', response_types_supported: ['code'] };
    const publicKey = { ...signingKey(seed).public.export({ format: 'jwk' }), alg: 'EdDSA', use: 'sig' };
    const server = createServer((request, response) => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(request.url === '/keys' ? { keys: [publicKey] } : metadata));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    Object.assign(metadata, { issuer, jwks_uri: `${issuer}/keys`, authorization_endpoint: `${issuer}/auth` });
    const settings = { kind: 'openid', issuer: new URL(issuer), clientId: 'c', clientSecret: 's', scope: '' } as const;
    const production = new TokenVerifier(openIdIssuer(settings), clock);
    expect(await production.verify(await signed({ issuer }))).toEqual(principal);
    await expect(production.verify(await signed({}))).rejects.toMatchObject({ code: 'issuer' });
    server.closeAllConnections();
    server.close();
  });

  it('cannot be judged while the production provider is away, which is not a refusal', async () => {
    const issuer = new URL('http://127.0.0.1:9');
    const away = openIdIssuer({ kind: 'openid', issuer, clientId: 'c', clientSecret: 's', scope: '' });
    const error: unknown = await new TokenVerifier(away, clock).verify(await mint()).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(Error);
    expect(error).not.toBeInstanceOf(TokenRefusedError);
  });

  it('of a persona is neither made nor taken in production mode', async () => {
    const production = { THROUGHCARE_MODE: 'production' };
    const minting = mintDevelopmentToken({ persona: 'auditor', seed, ttl: 1, env: production });
    await expect(minting).rejects.toThrow('production mode');
    expect(() => developmentIssuer(seed, production)).toThrow('production mode');
    const nobody = mintDevelopmentToken({ persona: 'nobody', seed, ttl: 1, env });
    await expect(nobody).rejects.toThrow('there is no persona nobody');
  });
});
