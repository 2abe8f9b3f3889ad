import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openRevokedSessions, personaOf, Sessions, type PersonaId } from '#access';
import { addDays, civilDate, hours, minutes, systemClock, toMillis, type Clock, fromMillis } from '#kernel';
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

describe('Something ordered, on the pages of the list', () => {
  it('is late by itself when the day has passed, in its own words and with whom to ring, and gone when it comes', async () => {
    const birthDate = '1926-05-04';
    const registered = await server.command('register-person', { givenName: 'Ada', familyName: 'Appleby', birthDate });
    const referral = { pathway: 'torbay-older-people', referrer: 'self', urgency: 'soon', reason: 'Falls' };
    const to = 'torbay-north-zone';
    const personId = String(registered.body['personId']);
    const taken = await server.command('take-referral', { ...referral, personId, to, accept: true });
    const journeyId = String(taken.body['journeyId']);
    const today = civilDate(server.engine.clock.now());
    const words = { what: 'A commode, to stand beside the bed', supplier: 'Bay Equipment, 01632 960177' };
    const order = { journeyId, kind: 'equipment', ...words, promisedOn: today };
    const placed = await server.command('place-order', order);
    await server.engine.projector!.waitFor(String(placed.body['position']), 10_000);
    const events = await server.events();

    const evening = await (await signedIn('coordinator-torbay'))('/worklist?kind=order');
    expect(evening).toContain('Equipment to come by');
    expect(await (await signedIn('coordinator-torbay'))('/worklist/tonight')).toContain(words.what);

    moved += hours(24);
    const open = await signedIn('coordinator-torbay');
    const morning = await open('/worklist?kind=order');
    expect(morning).toContain('Late: equipment promised by');
    expect(morning).toContain(words.what);
    expect(morning).toContain('<a href="tel:01632960177">01632 960177</a>');
    expect(await server.events()).toBe(events);
    // The hour of the token before is over.
    const headers = { authorization: `Bearer ${await server.token('coordinator-torbay', hours(2))}` };
    const answer = await server.ask('/api/worklist', { headers });
    expect(JSON.stringify(answer.body)).toContain('"state":"late"');
    expect(JSON.stringify(answer.body)).not.toContain('sealed:');

    const id = (await server.engine.reader.get<{ item: string }>("SELECT item FROM worklist_item WHERE kind = 'order'"))!.item;
    const came = await server.command('record-order-delivery', { journeyId, order: id }, { headers });
    await server.engine.projector!.waitFor(String(came.body['position']), 10_000);
    expect(await open('/worklist?kind=order')).not.toContain('Late: equipment');
    expect(await open('/worklist/tonight')).not.toContain(words.what);
    expect(addDays(today, 1)).toBe(civilDate(server.engine.clock.now()));
  });
});
