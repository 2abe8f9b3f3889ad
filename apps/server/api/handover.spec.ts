import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { done, offer, referredToTorbay } from '../testing/offered.js';
import { startServer, type Running } from '../testing/running.js';

type Data = Record<string, unknown>;

describe('A handover between two organisations, over HTTP', () => {
  let server: Running;
  let journeyId: string;

  beforeAll(async () => {
    server = await startServer();
  }, 30_000);
  afterAll(() => server.stop());

  const offerTo = (to: string, more: Data = {}) =>
    server.command('offer-handoff', { journeyId, to, ...offer, ...more });
  const accept = (handoffId: unknown, options = {}) =>
    server.command('accept-handoff', { journeyId, handoffId }, { as: 'coordinator-brixham', ...options });
  const responsible = async () =>
    ((await server.query(`/api/journeys/${journeyId}`)).body['responsible'] as { team: { team: string } }).team.team;

  let people = 0;
  beforeEach(async () => {
    ({ journeyId } = await referredToTorbay(server, `${1900 + people++}-03-01`));
  });

  it('moves responsibility when it is accepted, and not before', async () => {
    expect(await responsible()).toBe('torbay-north-zone');
    const { handoffId } = done(await offerTo('brixham-home-care-team'));
    expect(await responsible()).toBe('torbay-north-zone');
    done(await server.command('acknowledge-handoff', { journeyId, handoffId }, { as: 'coordinator-brixham' }));
    expect(await responsible()).toBe('torbay-north-zone');
    done(await accept(handoffId));
    expect(await responsible()).toBe('brixham-home-care-team');
  });

  it("is on both worklists, by reading one's own write", async () => {
    const { handoffId, position } = done(await offerTo('brixham-home-care-team'));
    const theirs = await server.query(
      `/api/worklist?group=waitingForUs&minPosition=${position}`,
      'coordinator-brixham',
    );
    expect(done(theirs)).toMatchObject({
      eventsBehind: expect.any(Number),
      items: expect.arrayContaining([expect.objectContaining({ item: handoffId, journey: journeyId })]),
    });
    const ours = await server.query(`/api/worklist?group=waitingForThem&minPosition=${position}`);
    expect((done(ours)['items'] as Data[]).map(({ item }) => item)).toContain(handoffId);
    const dashboard = await server.query(`/api/pilots/torbay/dashboard?minPosition=${position}`, 'pilot-lead-torbay');
    expect(done(dashboard)).toMatchObject({ dashboard: { pilot: 'torbay', clocks: expect.any(Array) } });
    const metric = await server.query(
      `/api/metrics/h2-acceptance?pilot=torbay&minPosition=${position}`,
      'pilot-lead-torbay',
    );
    expect(done(metric)).toMatchObject({ metric: { id: 'h2-acceptance' }, value: expect.any(Object) });
  });

  it('is accepted once where two accept within a moment', async () => {
    const { handoffId } = done(await offerTo('brixham-home-care-team'));
    const answers = await Promise.all(Array.from({ length: 8 }, () => accept(handoffId)));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.every((status) => status === 200 || status === 409)).toBe(true);
    const view = (await server.query(`/api/journeys/${journeyId}`)).body;
    expect((view['entries'] as Data[]).filter(({ type }) => type === 'HandoffAccepted')).toHaveLength(1);
  });

  it('is accepted once where the answer was lost and the same request comes again, also after a restart', async () => {
    const { handoffId } = done(await offerTo('brixham-home-care-team'));
    const key = randomUUID();
    const first = done(await accept(handoffId, { key }));
    const events = await server.events();
    expect(done(await accept(handoffId, { key }))).toEqual({ ...first, repeated: true });
    await server.restart();
    expect(done(await accept(handoffId, { key }))).toEqual({ ...first, repeated: true });
    expect(await server.events()).toBe(events);
  });

  it('is refused to somebody who decided on an older page, and the page is told the new revision', async () => {
    const page = await server.query(`/api/journeys/${journeyId}`);
    const seen = page.headers.get('etag')!;
    done(await offerTo('brixham-home-care-team'));
    const late = await server.command(
      'close-journey',
      { journeyId, reason: 'goalsMet', agreedWith: 'Her daughter' },
      { headers: { 'if-match': seen } },
    );
    expect(late).toMatchObject({ status: 412, body: { code: 'stale', about: { revision: expect.any(Number) } } });
  });

  it('cannot be accepted after it was withdrawn, and the receiver reads what to do', async () => {
    const { handoffId } = done(await offerTo('brixham-home-care-team'));
    done(await server.command('withdraw-handoff', { journeyId, handoffId, reason: 'noLongerNeeded' }));
    const late = await accept(handoffId);
    expect(late).toMatchObject({
      status: 409,
      body: { code: expect.stringContaining('withdrawn'), detail: expect.any(String) },
    });
  });

  it('shows the receiver the offer alone, the others everything, and strangers nothing', async () => {
    const nothing = await server.query(`/api/journeys/${journeyId}`, 'coordinator-brixham');
    expect(nothing).toMatchObject({ status: 404, body: { code: 'not-found' } });
    expect(await server.query(`/api/journeys/${randomUUID()}`, 'coordinator-brixham')).toMatchObject({
      status: 404,
      body: { detail: nothing.body['detail'] },
    });
    done(await offerTo('brixham-home-care-team'));
    const asked = done(await server.query(`/api/journeys/${journeyId}`, 'coordinator-brixham'));
    expect(asked).toMatchObject({
      shown: 'offers',
      identity: { familyName: 'Smith' },
      handoffs: [{ contents: { asked: 'Morning and evening calls' } }],
    });
    expect(asked).not.toHaveProperty('entries');
    const ours = done(await server.query(`/api/journeys/${journeyId}`));
    expect(ours).toMatchObject({
      shown: 'whole',
      identity: { familyName: 'Smith' },
      journey: { referral: { reason: 'Two falls this week' } },
    });
    const audited = await server.query(`/api/journeys/${journeyId}`, 'auditor');
    expect(JSON.stringify(done(audited))).not.toMatch(/Smith|falls this week/);
    expect(await server.query(`/api/journeys/${journeyId}`, 'evaluator')).toMatchObject({ status: 403 });
  });

  it('is written down who looked, before it is shown', async () => {
    const before = (await server.engine.accessStore.head()).ordinal ?? 0;
    await server.query(`/api/journeys/${journeyId}`);
    await server.query(`/api/journeys/${journeyId}`, 'coordinator-brixham');
    const { events } = await server.engine.accessStore.readAll({
      limit: 10,
      ...(before > 0 && { after: String(before) }),
    });
    expect(events.map(({ type, data }) => [type, (data as Data)['journey']])).toEqual([
      ['RecordViewed', journeyId],
      ['AccessRefused', journeyId],
    ]);
  });

  it('can be read as it was known before the offer', async () => {
    const before = server.engine.clock.now();
    await new Promise((resolve) => setTimeout(resolve, 5));
    done(await offerTo('brixham-home-care-team'));
    const then = done(await server.query(`/api/journeys/${journeyId}?knownAt=${before}`));
    expect((then['entries'] as Data[]).map(({ type }) => type)).not.toContain('HandoffOffered');
  });

  it('is as known earlier for nobody whose part in it was an error', async () => {
    const { handoffId } = done(await offerTo('brixham-home-care-team'));
    const { events } = done(await accept(handoffId)) as { events: { eventId: string; type: string }[] };
    const accepted = server.engine.clock.now();
    const theirs = async (query = '') =>
      done(await server.query(`/api/journeys/${journeyId}${query}`, 'coordinator-brixham'))['shown'];
    expect(await theirs()).toBe('whole');
    const { eventId: entry } = events.find(({ type }) => type === 'HandoffAccepted')!;
    done(
      await server.command(
        'mark-entry-in-error',
        { journeyId, entry, reason: 'wrongPerson' },
        { as: 'coordinator-brixham' },
      ),
    );
    expect(await theirs()).toBe('offers');
    expect(await theirs(`?knownAt=${accepted}`)).toBe('offers');
  });

  it('cannot be touched by an organisation with no part in it', async () => {
    const events = await server.events();
    const theirs = await server.command('pause-journey', { journeyId, reason: 'other' }, { as: 'coordinator-brixham' });
    expect(theirs).toMatchObject({ status: 404, body: { code: 'not-found' } });
    expect(await server.events()).toBe(events);
  });

  it('tells live pages of it, and nobody of journeys that are not theirs', async () => {
    const listen = async (as: 'coordinator-torbay' | 'coordinator-brixham' | 'evaluator') => {
      const response = await fetch(`${server.base}/api/changes`, {
        headers: { authorization: `Bearer ${await server.token(as)}` },
      });
      expect(response.headers.get('content-type')).toContain('text/event-stream');
      return response.body!.pipeThrough(new TextDecoderStream()).getReader();
    };
    const heard = async (reader: ReadableStreamDefaultReader<string>, until: string) => {
      let text = '';
      while (!text.includes(until)) text += (await reader.read()).value ?? '';
      await reader.cancel();
      return text;
    };
    const [ours, theirs, evaluators] = [
      await listen('coordinator-torbay'),
      await listen('coordinator-brixham'),
      await listen('evaluator'),
    ];
    done(await offerTo('torquay-district-nurses'));
    expect(await heard(ours, 'worklist_item')).toContain(journeyId);
    expect(await heard(theirs, 'worklist_item')).not.toContain(journeyId);
    expect(await heard(evaluators, 'worklist_item')).not.toContain(journeyId);
  });

  it('says what is wrong with a query', async () => {
    for (const query of ['limit=0', 'limit=x', 'group=all', 'surprise=1', 'minPosition=zzz']) {
      expect(await server.query(`/api/worklist?${query}`)).toMatchObject({
        status: 400,
        body: { code: 'malformed-request' },
      });
    }
    expect(await server.query('/api/worklist?minPosition=999999')).toMatchObject({
      status: 503,
      body: { code: 'too-far-behind' },
    });
    expect(await server.query('/api/pilots/nene/dashboard')).toMatchObject({ status: 404 });
    expect(await server.query('/api/pilots/torbay/dashboard', 'evaluator')).toMatchObject({
      status: 403,
      body: { code: 'role-not-allowed' },
    });
    expect(await server.query('/api/metrics/h2-acceptance')).toMatchObject({ status: 404 });
    expect(await server.query('/api/metrics/none', 'auditor')).toMatchObject({ status: 404 });
    expect(done(await server.query('/api/pilots?on=2010-01-01', 'evaluator'))['pilots']).toHaveLength(16);
    expect(done(await server.query('/api/projections', 'auditor'))).toMatchObject({ state: 'running', incomplete: [] });
  }, 30_000);
});
