/** The first start of an organisation: nothing is there yet, and nobody waits for anybody. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { programmeEvents } from '../../apps/server/programme.js';
import { systemClock } from '#kernel';
import { describeUnless } from '../support/left-out.js';
import { findServers, Organisation, type Servers } from '../support/organisation.js';

const servers = await findServers();

describeUnless('leftOut' in servers ? servers.leftOut : undefined, 'Five processes that start together on an empty EventStoreDB and PostgreSQL', () => {
  const { eventStoreDb, postgres } = servers as Servers;
  let organisation: Organisation;
  beforeAll(async () => {
    organisation = await Organisation.unfounded(servers as Servers);
  });
  afterAll(async () => {
    await organisation?.close();
    await Promise.all([eventStoreDb?.stop(), postgres?.stop()]);
  }, 60_000);

  it('are all ready, and the programme’s own history is there once', async () => {
    const started = await Promise.all(['projector', 'projector', 'api', 'api', 'web'].map((role) => organisation.process(role)));
    const ready = await Promise.all(started.map(({ origin }) => fetch(`${origin}/health/ready`).then(({ status }) => status)));
    expect(ready).toEqual([200, 200, 200, 200, 200]);
    const wanted = programmeEvents({ synthetic: false, recordedAt: () => systemClock.now() }).map(({ event }) => event.eventId);
    const there = (await organisation.events()).map(({ eventId }) => eventId);
    expect(there.toSorted()).toEqual(wanted.toSorted());
    expect(await organisation.verified()).toMatchObject({ equal: true });
  }, 240_000);
});
