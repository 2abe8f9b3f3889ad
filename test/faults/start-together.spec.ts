/** All processes of an organisation are started in one moment, and nothing is there yet. */
import { expect, it } from '@jest/globals';
import { describeUnless } from '../support/left-out.js';
import { findServers, Organisation, stopServers, whyNoServers, type Servers } from '../support/organisation.js';
import { nothingWrong, wrongIn } from './whole-log.js';

/** One with every run; more are worth it after a change to how a process opens. */
const ROUNDS = Number(process.env['THROUGHCARE_START_ROUNDS'] ?? 1);
const ROLES = ['projector', 'api', 'projector', 'web', 'api'];
const LONGEST = 600_000;

const noServers = await whyNoServers();

describeUnless(noServers, 'Five processes started in one moment on nothing', () => {
  it.each(Array.from({ length: ROUNDS }, (_, i) => [i + 1]))('round %i: are ready on one history, one clock and one set of tables', async () => {
    const servers = (await findServers()) as Servers;
    const organisation = await Organisation.empty(servers);
    try {
      const started = Date.now();
      const processes = await Promise.all(ROLES.map((role) => organisation.process(role)));
      process.stderr.write(`five processes ready after ${Date.now() - started} ms\n`);
      const events = await organisation.events();
      expect(wrongIn(events, { acknowledged: new Set(), inOrder: [] })).toEqual(nothingWrong);
      // One programme: each pilot, and each of its pathways, is told of once.
      const said = events.filter(({ source }) => source === 'programme').map(({ type, stream, data }) => JSON.stringify([type, stream, data]));
      expect(new Set(said).size).toBe(said.length);
      expect(said.length).toBeGreaterThan(16);
      expect(new Set(events.filter(({ type }) => type === 'HandoffOffered').map(({ eventId }) => eventId)).size).toBeGreaterThan(100);
      expect((await organisation.verified()).equal).toBe(true);
      const token = await organisation.token('coordinator-torbay');
      const lists = await Promise.all(
        processes.filter((_, i) => ROLES[i] === 'api').map(async ({ origin }) => {
          const answer = await fetch(`${origin}/api/worklist`, { headers: { authorization: `Bearer ${token}` } });
          return { status: answer.status, items: ((await answer.json()) as { items: unknown[] }).items };
        }),
      );
      expect(lists[0]).toMatchObject({ status: 200 });
      expect(lists[1]).toEqual(lists[0]);
      expect(lists[0]!.items.length).toBeGreaterThan(0);
    } finally {
      await organisation.close();
      await stopServers(servers);
    }
  }, LONGEST);
});
