import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { eventStoreDbOf, postgresOf, readConfig, settings, signInOf } from './config.js';

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

  it('takes the nodes of a cluster, who vouches for them, and a password from a file', () => {
    const folder = mkdtempSync(join(tmpdir(), 'throughcare-config-'));
    const passwordFile = join(folder, 'password');
    writeFileSync(passwordFile, 'secret\n');
    const config = readConfig({
      THROUGHCARE_STORE: 'eventstoredb', EVENTSTOREDB_URL: 'esdb://a:2113,b:2113,c:2113',
      EVENTSTOREDB_USER: 'throughcare', EVENTSTOREDB_PASSWORD_FILE: passwordFile,
    });
    expect(eventStoreDbOf(config)).toMatchObject({ connectionString: 'esdb://a:2113,b:2113,c:2113', user: 'throughcare', passwordFile });
    rmSync(folder, { recursive: true });
  });

  it('takes the address of a PostgreSQL database for the read models, and a password from a file', () => {
    const folder = mkdtempSync(join(tmpdir(), 'throughcare-config-'));
    const passwordFile = join(folder, 'password');
    writeFileSync(passwordFile, 'secret\n');
    const url = 'postgres://throughcare@db.example/throughcare';
    const config = readConfig({ THROUGHCARE_POSTGRES_URL: url, THROUGHCARE_POSTGRES_PASSWORD_FILE: passwordFile });
    expect(postgresOf(config)).toEqual({ url, passwordFile });
    expect(postgresOf(readConfig({}))).toBeUndefined();
    rmSync(folder, { recursive: true });
  });

  it.each([
    ['what is no address', { THROUGHCARE_POSTGRES_URL: 'secret-7' }, 'THROUGHCARE_POSTGRES_URL is an address like postgres://'],
    ['a file that is not there', { THROUGHCARE_POSTGRES_URL: 'postgres://u@a/b', THROUGHCARE_POSTGRES_PASSWORD_FILE: '/secret-7' }, 'cannot be read'],
    ['a password and nobody whose it is', { THROUGHCARE_POSTGRES_PASSWORD_FILE: '/secret-7' }, 'of no use without THROUGHCARE_POSTGRES_URL'],
    ['two passwords', { THROUGHCARE_POSTGRES_URL: 'postgres://u:secret-7@a/b', THROUGHCARE_POSTGRES_PASSWORD_FILE: '/secret-7' }, 'another'],
  ])('refuses for PostgreSQL %s, and does not show it', (_, env, says) => {
    const message = () => readConfig(env);
    expect(message).toThrow(says);
    expect(message).not.toThrow('secret-7');
  });

  it.each([
    ['a password and nobody whose it is', { EVENTSTOREDB_PASSWORD: 'secret-6' }, 'user name together with a password'],
    ['a password that would not be sent', { EVENTSTOREDB_URL: 'esdb://a?tls=false', EVENTSTOREDB_USER: 'u', EVENTSTOREDB_PASSWORD: 'secret-6' }, 'tls=false'],
    ['a file that is not there', { EVENTSTOREDB_CA_FILE: '/secret-6/ca.crt' }, 'ENOENT'],
    ['a follower to read from', { EVENTSTOREDB_URL: 'esdb://u:secret-6@a?nodePreference=follower' }, 'EVENTSTOREDB_URL asks for a node that does not lead'],
  ])('refuses for EventStoreDB %s, and does not show it', (_, env, says) => {
    const message = () => readConfig({ THROUGHCARE_STORE: 'eventstoredb', EVENTSTOREDB_URL: 'esdb://a,b,c', ...env });
    expect(message).toThrow(says);
    expect(message).not.toThrow('secret-6');
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
