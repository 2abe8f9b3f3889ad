import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Answered } from '#projections';
import { readModels } from './catalogue.js';
import { servedFrom } from './served.js';
import { offeredToBrixham } from './testing/offered.js';
import { PageVisitor } from './testing/page-visitor.js';
import { startServer, type Running } from './testing/running.js';

let server: Running;
let visitors: ReadonlyMap<string, PageVisitor>;
beforeAll(async () => {
  server = await startServer();
  await offeredToBrixham(server, '1925-06-11');
  const torbay = await PageVisitor.as(server, 'coordinator-torbay');
  await server.engine.projector!.waitFor((await server.engine.store.head()).position!, 30_000);
  const lead = await PageVisitor.as(server, 'pilot-lead-torbay');
  visitors = new Map([
    ['torbay', torbay],
    ['lead', lead],
  ]);
}, 60_000);
afterAll(() => server?.stop());

/** Out of what the last page was made that showed somebody. */
async function lastServed(): Promise<unknown> {
  const { events } = await server.engine.accessStore.readAll({ limit: 1000 });
  return (events.at(-1)?.data as { served?: unknown }).served;
}

const versionOf = (name: string) => readModels.find((model) => model.name === name)!.version;

describe('What the access log says a list was made from', () => {
  it.each([
    ['torbay', '/worklist', 'worklist'],
    ['torbay', '/worklist/changes?since=2011-02-28T17:00', 'handoffs'],
    ['torbay', '/worklist/tonight', 'journeys'],
    ['lead', '/pilots/torbay/journeys', 'journeys'],
    ['lead', '/pilots/torbay/stays', 'stays'],
  ])('is, for %s at %s, the read model that answered, in the version that answered', async (who, path, readModel) => {
    const { status } = await visitors.get(who)!.open(path);
    const { ordinal } = await server.engine.store.head();
    expect([status, await lastServed()]).toEqual([
      200,
      { readModel, version: versionOf(readModel), ordinal, position: expect.any(String) },
    ]);
  });

  it('is the same over HTTP', async () => {
    expect((await server.query('/api/worklist')).status).toBe(200);
    expect(await lastServed()).toMatchObject({ readModel: 'worklist', version: versionOf('worklist') });
  });

  it('is the version of an earlier release while that is what answers, and never a made-up one', () => {
    const answered = { freshness: { ordinal: 7 }, versions: { worklist: 2 } } as unknown as Answered<unknown>;
    expect(servedFrom('worklist', answered)).toEqual({ readModel: 'worklist', version: 2, ordinal: 7 });
    expect(() => servedFrom('journeys', answered)).toThrow('no read model journeys answered');
  });
});
