/** Two processes of one organisation on one PostgreSQL; each with a log of care of its own, because a file has one writer. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { emergencyRuleAt, limitsOf, personaOf, type Sessions } from '#access';
import type { PostgresAddress } from '#database';
import { civilDate, deriveId, systemClock } from '#kernel';
import { describeUnless } from '../../test/support/left-out.js';
import { findPostgres, type TestPostgres } from '../../test/support/postgres.js';
import { openEngine } from './engine.js';
import { startServer, type Running } from './testing/running.js';
import { SESSIONS } from './tokens.js';

const found = await findPostgres();
const edith = { givenName: 'Edith', familyName: 'Smith', birthDate: '1925-03-01', nhsNumber: '943 476 5919' };

describeUnless('leftOut' in found ? found.leftOut : undefined, 'Two processes that share PostgreSQL', () => {
  const directory = mkdtempSync(join(tmpdir(), 'throughcare-shared-'));
  const keysDir = join(directory, 'keys');
  let postgres: PostgresAddress;
  let drop: () => Promise<void>;
  let one: Running;
  let other: Running;

  beforeAll(async () => {
    const database = await (found as TestPostgres).database();
    ({ drop } = database);
    // The test server takes any password; that the file is read is what counts here.
    const passwordFile = join(directory, 'password');
    writeFileSync(passwordFile, 'not asked for\n');
    postgres = { url: database.url, passwordFile };
    const more = { postgres, keysDir };
    [one, other] = await Promise.all([startServer({ more, project: false }), startServer({ more, project: false })]) as [Running, Running];
  }, 120_000);
  afterAll(async () => {
    await Promise.all([one?.stop(), other?.stop()]);
    await drop?.();
    await (found as TestPostgres).stop();
    rmSync(directory, { recursive: true, force: true });
  }, 60_000);

  it('whoever is registered through one is known to the other, and is refused there as somebody new', async () => {
    const { status, body } = await one.command('register-person', edith);
    expect(status).toBe(200);
    const again = await other.command('register-person', { ...edith, givenName: 'Edna' });
    expect(again).toMatchObject({ status: 409, body: { code: 'nhs-number-taken', about: { personId: body['personId'] } } });
  });

  it('one browser signed out through one is signed out at the other', async () => {
    const [here, there] = [one, other].map(({ app }) => app.get<Sessions>(SESSIONS)) as [Sessions, Sessions];
    const { session, setCookie } = await here.start(personaOf('coordinator-torbay')!, false);
    const cookie = setCookie.split(';', 1)[0]!;
    expect(await there.read(cookie, false)).toMatchObject({ session: { id: session.id } });
    const body = new URLSearchParams({ _csrf: here.csrfToken(session) });
    await fetch(`${one.base}/sign-out`, { method: 'POST', body, headers: { cookie }, redirect: 'manual' });
    expect(await there.read(cookie, false)).toEqual({ ended: 'signedOut' });
  });

  it('what each showed stands in one access log, and each answers for both', async () => {
    const person = deriveId('test-person', 'looked at');
    const looks = [one, other].flatMap(({ engine }) =>
      Array.from({ length: 10 }, async (_, i) => engine.accessLog.viewed({
        actor: { staff: 'staff-1', role: 'coordinator', organisation: 'torbay-care-trust', sector: 'community', pilot: 'torbay' },
        purpose: 'directCare', page: `/page/${i}`, correlationId: `request-${i}`, source: 'web',
        people: [person], shown: 'identified', served: { readModel: 'journey', version: 1, ordinal: 0 },
      })),
    );
    await Promise.all(looks);
    const [seen, there] = await Promise.all([one.engine.whoViewed.of(person), other.engine.whoViewed.of(person)]);
    expect(seen).toHaveLength(20);
    expect(there).toEqual(seen);
    const { events } = await one.engine.accessStore.readAll({ limit: 1000 });
    expect(events.map(({ ordinal }) => ordinal)).toEqual(events.map((_, i) => i + 1));
    expect((await other.engine.accessStore.readAll({ limit: 1000 })).events).toEqual(events);
  });

  it('an emergency access opened through one is in force at both at once, and over at both when its time is', async () => {
    const [access, journey, person] = ['access', 'journey', 'person'].map((name) => deriveId('test', name)) as [string, string, string];
    const { actor } = personaOf('coordinator-brixham')!;
    const now = systemClock.now();
    const limits = limitsOf(emergencyRuleAt(civilDate(now)), now);
    expect(await other.engine.emergencies.inForce(actor.staff, journey, now)).toBeUndefined();
    await one.engine.accessLog.emergency(
      { actor, purpose: 'emergency', page: '/emergency-access/new', correlationId: 'request', source: 'web' },
      {
        type: 'EmergencyAccessOpened',
        data: {
          page: '/emergency-access/new', access, journey, people: [person], pilot: 'torbay', reason: 'lifeAtRisk', ...limits,
          told: [{ team: 'torbay-north-zone', organisation: 'torbay-care-trust' }],
        },
      },
    );
    for (const { engine } of [one, other]) {
      expect(await engine.emergencies.inForce(actor.staff, journey, now)).toMatchObject({ access });
      expect(await engine.emergencies.inForce(actor.staff, journey, limits.until)).toBeUndefined();
      expect(await engine.emergencies.waiting({ kind: 'organisation', organisation: 'torbay-care-trust' })).toHaveLength(1);
    }
  });

  it('a directory does not start where its names are not', async () => {
    const dataDir = join(directory, 'data');
    const shared = await openEngine({ dataDir, keysDir, postgres, project: false });
    await shared.close();
    await expect(openEngine({ dataDir, keysDir, project: false })).rejects.toThrow('set THROUGHCARE_POSTGRES_URL');
    const inFiles = join(directory, 'in-files');
    const files = await openEngine({ dataDir: inFiles, project: false });
    await files.close();
    await expect(openEngine({ dataDir: inFiles, postgres, project: false })).rejects.toThrow('copy them with throughcare copy-state');
  });
});
