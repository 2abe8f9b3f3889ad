/** A service that outgrew its machine: what lay beside the log in its data directory, in PostgreSQL. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { personaOf, type Sessions } from '#access';
import type { PostgresAddress } from '#database';
import { describeUnless } from '../../test/support/left-out.js';
import { findPostgres, type TestPostgres } from '../../test/support/postgres.js';
import { copyState } from './copy-state.js';
import { openEngine } from './engine.js';
import { startServer, type Running } from './testing/running.js';
import { SESSIONS } from './tokens.js';

const found = await findPostgres();
const edith = { givenName: 'Edith', familyName: 'Smith', birthDate: '1925-03-01', nhsNumber: '943 476 5919' };
const olive = { givenName: 'Olive', familyName: 'Brown', birthDate: '1931-07-09', nhsNumber: '943 476 5870' };

describeUnless('leftOut' in found ? found.leftOut : undefined, 'A data directory whose names are copied to PostgreSQL', () => {
  const directory = mkdtempSync(join(tmpdir(), 'throughcare-copied-'));
  const keysDir = join(directory, 'keys');
  const dataDir = join(directory, 'data');
  const servers: Running[] = [];
  let postgres: PostgresAddress;
  let drop: () => Promise<void>;
  let person: string;
  let signedOut: string;

  const start = async (more: object): Promise<Running> => {
    const server = await startServer({ more: { keysDir, ...more }, project: false });
    servers.push(server);
    return server;
  };
  const stop = async (): Promise<void> => {
    for (const server of servers.splice(0)) await server.stop();
  };
  const copied = () => copyState({ directory: dataDir, keysDir, postgres, onProgress: () => undefined });
  const sessionsOf = ({ app }: Running) => app.get<Sessions>(SESSIONS);

  beforeAll(async () => {
    const database = await (found as TestPostgres).database();
    ({ drop } = database);
    postgres = { url: database.url, passwordFile: undefined };
    const alone = await start({ dataDir });
    person = String((await alone.command('register-person', edith)).body['personId']);
    const { session, setCookie } = await sessionsOf(alone).start(personaOf('coordinator-torbay')!, false);
    signedOut = setCookie.split(';', 1)[0]!;
    const body = new URLSearchParams({ _csrf: sessionsOf(alone).csrfToken(session) });
    await fetch(`${alone.base}/sign-out`, { method: 'POST', body, headers: { cookie: signedOut }, redirect: 'manual' });
    await alone.engine.accessLog.viewed({
      actor: personaOf('coordinator-torbay')!.actor, purpose: 'directCare', page: '/journeys/x', correlationId: 'request',
      source: 'web', people: [person], shown: 'identified', served: { readModel: 'journey', version: 1, ordinal: 0 },
    });
  }, 120_000);
  afterAll(async () => {
    await stop();
    await drop?.();
    await (found as TestPostgres).stop();
    rmSync(directory, { recursive: true, force: true });
  }, 60_000);

  it('is not copied while it is served', async () => {
    await expect(copied()).rejects.toThrow('is in use by another Throughcare process; stop it first');
    await stop();
  });

  it('is not copied with the keys of another', async () => {
    const others = copyState({ directory: dataDir, keysDir: join(directory, 'other-keys'), postgres, onProgress: () => undefined });
    await expect(others).rejects.toThrow(/keys? /);
  });

  it('is copied whole, and a second time adds nothing', async () => {
    const first = await copied();
    expect(first.map(({ name, added }) => [name, added])).toEqual([
      ['vault', true], ['sessions', true], ['outbox', false], ['access log', true],
    ]);
    expect(first.find(({ name }) => name === 'access log')!.rows).toBeGreaterThan(0);
    expect((await copied()).map(({ rows, added }) => [rows, added])).toEqual(first.map(({ rows }) => [rows, false]));
  }, 60_000);

  it('is not started on without PostgreSQL again: two places would go on apart', async () => {
    await expect(openEngine({ dataDir, keysDir, project: false })).rejects.toThrow('set THROUGHCARE_POSTGRES_URL');
  });

  it('knows everybody, keeps out who signed out, and says who was looked at, in an old directory and in a new one', async () => {
    const [old, other] = [await start({ dataDir, postgres }), await start({ postgres })];
    for (const server of [old, other]) {
      expect(await server.command('register-person', edith)).toMatchObject({ status: 409, body: { code: 'nhs-number-taken', about: { personId: person } } });
      expect((await server.engine.vault.identities([person])).get(person)).toMatchObject({ familyName: 'Smith' });
      expect(await sessionsOf(server).read(signedOut, false)).toEqual({ ended: 'signedOut' });
      expect((await server.engine.whoViewed.of(person)).map(({ page }) => page)).toContain('/journeys/x');
      expect(server.engine.mode).toBe(old.engine.mode);
    }
    expect((await other.command('register-person', olive)).status).toBe(200);
    await stop();
  }, 60_000);

  it('is not copied over what was written since', async () => {
    await expect(copied()).rejects.toThrow(/holds another (history|vault|outbox|sessions)/);
  });
});
