/** An organisation's processes, each in a role of its own, on one EventStoreDB and one PostgreSQL. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { PersonaId } from '#access';
import { describeUnless } from '../support/left-out.js';
import { findServers, Organisation, type Servers } from '../support/organisation.js';
import type { Product } from '../support/product.js';
import { batchWaits, holdBatch } from './held-batch.js';
import { isReady, readiness, standsBy, until } from './readiness.js';
import { Work } from './work.js';

const RACES = 8;
/** Of a test, milliseconds: seven processes share a machine with other tests. */
const LONGEST = 600_000;

type Data = Readonly<Record<string, unknown>>;

const referral = {
  pathway: 'torbay-older-people', referrer: 'self', to: 'torbay-north-zone', urgency: 'soon', reason: 'Falls', accept: true,
};
const offer = {
  to: 'brixham-home-care-team', asked: 'Personal care', urgency: 'urgent', effect: 'now', risks: 'noneKnown',
  safeguarding: 'noneKnown', agreement: 'agreed', sharing: 'directCareConsent',
};

const servers = await findServers();

describeUnless('leftOut' in servers ? servers.leftOut : undefined, 'Two API processes, one for pages, a projector and its standby', () => {
  const { eventStoreDb, postgres } = servers as Servers;
  let organisation: Organisation;
  let one: Product;
  let other: Product;
  let web: Product;
  let active: Product;
  let standby: Product;
  let cookie: string;
  const tokens = new Map<PersonaId, string>();
  let people = 0;
  let work: Work;

  beforeAll(async () => {
    organisation = await Organisation.found(servers as Servers);
    for (const persona of ['coordinator-torbay', 'coordinator-brixham'] as const) tokens.set(persona, await organisation.token(persona));
    cookie = await organisation.cookie('coordinator-torbay');
    active = await organisation.process('projector');
    standby = await organisation.process('projector');
    await standsBy(standby);
    const serving = await organisation.serving();
    [[one, other], web] = [serving.apis, serving.web];
    work = await Work.of({ organisation, ...serving, token: tokens.get('coordinator-torbay')!, cookie });
  }, LONGEST);
  afterAll(async () => {
    await organisation?.close();
    if (!('leftOut' in servers)) await Promise.all([eventStoreDb.stop(), postgres.stop()]);
  }, 120_000);

  const ask = async (at: Product, path: string, init: RequestInit = {}) => {
    const answer = await fetch(at.origin + path, init);
    const text = await answer.text();
    const isJson = answer.headers.get('content-type')?.includes('json');
    return { status: answer.status, etag: answer.headers.get('etag') ?? '', body: (isJson ? JSON.parse(text) : { text }) as Data };
  };
  const bearer = (persona: PersonaId) => ({ authorization: `Bearer ${tokens.get(persona)}` });
  const query = (at: Product, path: string, as: PersonaId = 'coordinator-torbay') => ask(at, path, { headers: bearer(as) });
  const command = async (
    at: Product,
    name: string,
    body: object,
    { as = 'coordinator-torbay', key = randomUUID(), ...more }: { as?: PersonaId; key?: string; 'if-match'?: string } = {},
  ) => {
    const headers = { ...bearer(as), 'content-type': 'application/json', 'idempotency-key': key, ...more };
    const answer = await ask(at, `/api/commands/${name}`, { method: 'POST', headers, body: JSON.stringify(body) });
    const events = (answer.body['events'] ?? []) as { readonly eventId: string }[];
    for (const { eventId } of events) work.acknowledged.add(eventId);
    return answer;
  };
  const done = async (...asked: Parameters<typeof command>): Promise<Data> => {
    const { status, body } = await command(...asked);
    expect([status, body]).toEqual([200, body]);
    return body;
  };
  const page = (path: string) => ask(web, path, { headers: { cookie } }).then(({ body }) => String(body['text']));
  const referred = async (at: Product): Promise<{ readonly journeyId: unknown; readonly familyName: string }> => {
    const familyName = `Processes${people++}`;
    const { personId } = await done(at, 'register-person', { givenName: 'Edith', familyName, birthDate: '1925-03-01' });
    const { journeyId } = await done(at, 'take-referral', { personId, ...referral });
    return { journeyId, familyName };
  };
  it('what is recorded through one API is read at once at the other, and stands on the pages', async () => {
    for (const [here, there] of [[one, other], [other, one]] as const) {
      const { journeyId, familyName } = await referred(here);
      const { handoffId, position } = await done(here, 'offer-handoff', { journeyId, ...offer });
      const asked = `minPosition=${encodeURIComponent(String(position))}`;
      const journey = await query(there, `/api/journeys/${String(journeyId)}`);
      expect(journey).toMatchObject({ status: 200, body: { entries: expect.arrayContaining([expect.objectContaining({ type: 'HandoffOffered' })]) } });
      const list = await query(there, `/api/worklist?group=waitingForUs&${asked}`, 'coordinator-brixham');
      expect([list.status, (list.body['items'] as Data[]).map(({ item }) => item)]).toEqual([200, expect.arrayContaining([handoffId])]);
      expect(await page(`/journeys/${String(journeyId)}`)).toContain(familyName);
      expect(await page('/worklist')).toContain(familyName);
    }
  });

  const answers = { 'accept-handoff': {}, 'decline-handoff': { reason: 'noCapacity' } } as const;
  /** An offer to Brixham, and what its record says of the answer once both have sent theirs in one moment. */
  const raced = async (...names: readonly [keyof typeof answers, keyof typeof answers]) => {
    const { journeyId } = await referred(one);
    const { handoffId } = await done(other, 'offer-handoff', { journeyId, ...offer });
    const told = await Promise.all(
      [one, other].map((at, i) => command(at, names[i]!, { journeyId, handoffId, ...answers[names[i]!] }, { as: 'coordinator-brixham' })),
    );
    const { body } = await query(one, `/api/journeys/${String(journeyId)}`);
    const kept = (body['entries'] as Data[]).filter(({ type }) => type === 'HandoffAccepted' || type === 'HandoffDeclined');
    return { statuses: told.map(({ status }) => status).sort(), kept };
  };

  it('of two answers to one handover at two APIs in one moment one holds, and who said the opposite is told', async () => {
    for (let race = 0; race < RACES; race++) {
      const { statuses, kept } = await raced('accept-handoff', 'decline-handoff');
      expect([statuses, kept.length]).toEqual([[200, 409], 1]);
    }
  });

  it('two of a team who accept one handover at two APIs in one moment have accepted it once', async () => {
    for (let race = 0; race < RACES; race++) {
      const { statuses, kept } = await raced('accept-handoff', 'accept-handoff');
      expect([statuses, kept.length]).toEqual([[200, 200], 1]);
    }
  });

  it('one request sent to both APIs in one moment is done once, and both say the same', async () => {
    for (let race = 0; race < RACES; race++) {
      const { journeyId } = await referred(one);
      const key = randomUUID();
      const sent = [one, other].map((at) => done(at, 'record-contact', { journeyId, mode: 'telephone', note: 'Rang.' }, { key }));
      const [first, second] = await Promise.all(sent);
      expect(first!['events']).toEqual(second!['events']);
    }
  });

  it('of two who decided on one page of a journey at two APIs one is heard and the other is shown what changed', async () => {
    for (let race = 0; race < RACES; race++) {
      const { journeyId } = await referred(one);
      const { etag } = await query(other, `/api/journeys/${String(journeyId)}`);
      const contact = { journeyId, mode: 'telephone', note: 'Rang.' };
      const both = await Promise.all([one, other].map((at) => command(at, 'record-contact', contact, { 'if-match': etag })));
      expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
      // Who did not look at a page is not in the other's way.
      const neither = await Promise.all([one, other].map((at) => command(at, 'record-contact', contact)));
      expect(neither.map(({ status }) => status)).toEqual([200, 200]);
    }
    await work.nothingIsLost();
  });

  it('the active projector is killed in the middle of a batch: pages say behind until the standby has taken over', async () => {
    await work.amid(async (onlooker) => {
      const letGo = await holdBatch(organisation.database);
      await batchWaits(organisation.database);
      await onlooker.sees('warned');
      await active.kill();
      await letGo();
      await onlooker.sees('current');
    });
    [active, standby] = [standby, active];
    await standby.start();
    await standsBy(standby);
  }, LONGEST);

  it('PostgreSQL ends in the middle of a batch: no process is ready, and all go on once it is back', async () => {
    await work.amid(async (onlooker) => {
      const letGo = await holdBatch(organisation.database);
      await batchWaits(organisation.database);
      await postgres.crash();
      await letGo();
      await onlooker.sees('away');
      for (const each of [one, other, web, active, standby]) {
        expect(await readiness(each)).toMatchObject({ status: 503, checks: { projector: { ok: false }, vault: { ok: false }, store: { ok: true } } });
      }
      await postgres.restart();
      await onlooker.sees('current');
    });
    for (const each of [one, other, web, active, standby]) {
      await until(() => isReady(each));
      expect((await readiness(each)).checks).toMatchObject({ store: { ok: true }, vault: { ok: true }, projector: { ok: true } });
    }
  }, LONGEST);

  it('each role ends by itself when it is asked to, amid work and with pages that listen', async () => {
    const listening = [one, web].map((at) => fetch(`${at.origin}/api/changes`, { headers: at === web ? { cookie } : bearer('coordinator-torbay') }));
    for (const { status } of await Promise.all(listening)) expect(status).toBe(200);
    await work.amid(async (onlooker) => {
      for (const each of [standby, active, other]) {
        // It gives itself ten seconds, and says so by another code where they are not enough.
        expect(await each.stop()).toBe(0);
        await each.start();
        await onlooker.sees('current');
      }
    });
    for (const each of [web, one, other, standby, active]) expect(await each.stop()).toBe(0);
  }, LONGEST);
});
