import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openRevokedSessions, personaOf, Sessions, type PersonaId } from '#access';
import { minutes, systemClock, toMillis, type Clock, fromMillis } from '#kernel';
import { signInSecret } from '../../server.js';
import { startServer, type Running } from '../../testing/running.js';

let moved = 0;
const clock: Clock = { now: () => fromMillis(toMillis(systemClock.now()) + moved) };
let server: Running;

beforeAll(async () => {
  server = await startServer({ clock });
  while (server.engine.projector?.freshness()?.status !== 'live') await sleep(50);
}, 60_000);
afterAll(() => server.stop());

/** A browser that has just signed in. */
async function signedIn(persona: PersonaId) {
  const { engine, app } = server;
  const revoked = openRevokedSessions(engine.file('sessions.db'));
  const sessions = new Sessions({ secret: signInSecret(engine), revoked, clock });
  const { setCookie } = await sessions.start(personaOf(persona)!, false);
  revoked.close();
  const cookie = setCookie.split(';', 1)[0]!;
  return async (url: string, headers: Record<string, string> = {}): Promise<string> => {
    const { body } = await app
      .getHttpAdapter()
      .getInstance()
      .inject({ method: 'GET', url, headers: { cookie, ...headers } });
    return body;
  };
}

describe('The meeting of a team', () => {
  it('is for its own organisation, and that somebody else asked is written down', async () => {
    const open = await signedIn('coordinator-brixham');
    expect(await open('/teams/torbay-north-zone/meeting')).toContain('Page not found');
    const { events } = await server.engine.accessStore.readAll({ limit: 1000 });
    expect(events.at(-1)).toMatchObject({ type: 'AccessRefused', data: { page: '/teams/:team/meeting' } });
  });

  it('shows the people of the address to those who may see them, and writes down each before', async () => {
    const open = await signedIn('coordinator-torbay');
    const nobody = '11111111-1111-4111-8111-111111111111';
    const birthDate = '1925-03-01';
    const registered = await server.command('register-person', { givenName: 'Edith', familyName: 'Smith', birthDate });
    const person = String(registered.body['personId']);
    const referral = {
      pathway: 'torbay-older-people',
      referrer: 'generalPractitioner',
      urgency: 'soon',
      reason: 'Falls',
    };
    const to = 'torbay-north-zone';
    const taken = await server.command('take-referral', { ...referral, personId: person, to, accept: true });
    const journey = String(taken.body['journeyId']);
    const page = await open(`/teams/torbay-north-zone/meeting?people=${journey},${nobody},not-an-id`);
    expect(page).toContain('1 person, as chosen.');
    expect(page).toContain('1 more cannot be shown');
    const { events } = await server.engine.accessStore.readAll({ limit: 1000 });
    expect(events.at(-1)).toMatchObject({
      type: 'RecordViewed',
      data: { page: '/teams/:team/meeting', people: [person] },
    });
  });
});

describe('The worklist, visit by visit', () => {
  it('says that a visit is the first, and in the next session since when something is new', async () => {
    const monday = await signedIn('coordinator-torbay');
    expect(await monday('/worklist')).toContain('This is your first visit here');
    expect(await monday('/worklist')).toContain('This is your first visit here');
    moved += minutes(5);
    const tuesday = await signedIn('coordinator-torbay');
    const news = /Since you were last here today at \d\d:\d\d: nothing has changed\./u;
    const first = news.exec(await tuesday('/worklist'))?.[0];
    expect(first).toBeDefined();
    moved += minutes(5);
    expect(await tuesday('/worklist')).toContain(first);
    expect(await tuesday('/worklist/changes')).toContain('What changed');
    // A window of the older session that is opened again moves nothing.
    await monday('/worklist');
    expect(await tuesday('/worklist')).toContain(first);
  });

  it('notes no visit of a page that brings itself up to date', async () => {
    const open = await signedIn('coordinator-brixham');
    await open('/worklist', { 'x-live-refresh': '1' });
    moved += minutes(5);
    expect(await (await signedIn('coordinator-brixham'))('/worklist')).toContain('This is your first visit here');
  });

  it('of somebody who is no key worker of our organisation is nobody’s, and that one asked is written down', async () => {
    const open = await signedIn('coordinator-torbay');
    expect(await open('/worklist?whose=key-worker:staff-stranger')).toContain('Page not found');
    const { events } = await server.engine.accessStore.readAll({ limit: 1000 });
    expect(events.at(-1)).toMatchObject({ type: 'AccessRefused', data: { page: '/worklist', code: 'not-yours' } });
  });

  it('answers for any moment in the address', async () => {
    const open = await signedIn('duty-manager-torbay');
    expect(await open('/worklist/changes?since=2011-02-28T17:30')).toContain('value="2011-02-28T17:30"');
    expect(await open('/worklist?since=2011-02-28T17:30')).toContain(
      'Since a moment that you chose, on 28 February 2011 at 17:30',
    );
  });
});
