import { describe, expect, it } from '@jest/globals';
import { readConfig, settings, signInOf } from './config.js';

describe('The configuration', () => {
  it('needs nothing for a demo', () => {
    expect(readConfig({})).toMatchObject({
      PORT: 3000,
      HOST: 'localhost',
      THROUGHCARE_STORE: 'sqlite',
      LOG_LEVEL: 'info',
    });
    expect(signInOf({}, 'demo')).toEqual({ kind: 'development' });
  });

  it('names every variable that is wrong, and never what it holds', () => {
    const wrong = {
      PORT: 'secret-1',
      THROUGHCARE_MODE: 'secret-2',
      EVENTSTOREDB_URL: 'secret-3',
      LOG_LEVEL: 'secret-4',
      OIDC_ISSUER: 'secret-5',
    };
    let message = '';
    try {
      readConfig(wrong);
    } catch (error) {
      message = (error as Error).message;
    }
    for (const name of Object.keys(wrong)) expect(message).toContain(name);
    expect(message).not.toContain('secret-');
  });

  it('wants the address of the cluster where events are kept there', () => {
    expect(() => readConfig({ THROUGHCARE_STORE: 'eventstoredb' })).toThrow('EVENTSTOREDB_URL is needed');
  });

  it('lets nobody be anybody in a live store or in production', () => {
    expect(() => signInOf({}, 'live')).toThrow('OIDC_ISSUER');
    expect(() => signInOf({ NODE_ENV: 'production' }, 'demo')).toThrow('OIDC_ISSUER');
  });

  it('says of every variable what it is for', () => {
    for (const { words, values } of Object.values(settings))
      expect([words, values].every((text) => text.length > 3)).toBe(true);
  });
});
