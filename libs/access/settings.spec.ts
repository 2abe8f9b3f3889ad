import { describe, expect, it } from '@jest/globals';
import { signInSettings } from './settings.js';

const complete = { OIDC_ISSUER: 'https://id.example', OIDC_CLIENT_ID: 'throughcare', OIDC_CLIENT_SECRET: 'secret' };

describe('How people sign in', () => {
  it('is the development provider where nothing is set', () => {
    expect(signInSettings({})).toEqual({ kind: 'development' });
  });

  it('is the given provider where it is set, in either mode', () => {
    for (const mode of ['demo', 'production'])
      expect(signInSettings({ ...complete, THROUGHCARE_MODE: mode })).toMatchObject({
        kind: 'openid', issuer: new URL('https://id.example'), clientId: 'throughcare', scope: 'openid profile',
      });
  });

  const production = [{ NODE_ENV: 'production' }, { THROUGHCARE_MODE: 'production' }];
  it.each(production)('is never the development provider with %j', (env) => {
    expect(() => signInSettings(env)).toThrow('set OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET');
  });

  it('names what is missing or wrong', () => {
    const { OIDC_CLIENT_SECRET: _secret, ...partly } = complete;
    expect(() => signInSettings(partly)).toThrow(/set OIDC_CLIENT_SECRET$/);
    expect(() => signInSettings({ ...complete, OIDC_ISSUER: 'id.example' })).toThrow('not an address');
    const plain = { ...complete, OIDC_ISSUER: 'http://id.example', NODE_ENV: 'production' };
    expect(() => signInSettings(plain)).toThrow('https://');
  });
});
