/** The whole server, its read models in PostgreSQL. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PageVisitor } from '../../apps/server/testing/page-visitor.js';
import { startServer, type Running } from '../../apps/server/testing/running.js';
import { simulate } from '../../apps/server/simulate.js';
import { clientAt } from '../../libs/projections/postgres/connect.js';
import { describeUnless } from '../support/left-out.js';
import { findOwnPostgres, type StartedPostgres } from '../support/postgres.js';

const found = await findOwnPostgres();

const until = async (condition: () => boolean | Promise<boolean>): Promise<void> => {
  for (let i = 0; i < 1_200 && !(await condition()); i++) await sleep(50);
  expect(await condition()).toBe(true);
};

describe('A server whose read models lie in PostgreSQL', () => {
  describeUnless('leftOut' in found ? found.leftOut : undefined, 'beside its own files', () => {
    const postgres = found as StartedPostgres;
    let database: { readonly url: string };
    let server: Running;

    const ready = async () => (await server.ask('/health/ready')).status === 200;
    const caughtUp = async (): Promise<boolean> => {
      const { position } = await server.engine.store.head();
      return server.engine.projector!.waitFor(position!, 60_000);
    };
    /** Behind its back. */
    const asked = async (sql: string, params: readonly string[] = []): Promise<readonly unknown[]> => {
      const client = clientAt(database);
      await client.connect();
      try {
        return (await client.query<Record<string, unknown>>(sql, [...params])).rows;
      } finally {
        await client.end();
      }
    };

    beforeAll(async () => {
      database = { url: (await postgres.database()).url };
      server = await startServer({ more: { postgres: database } });
      await simulate(server.engine, { seed: 5, people: 40, opening: true });
      expect(await caughtUp()).toBe(true);
    });
    afterAll(async () => {
      await server.stop();
      await postgres.stop();
    });

    it('shows the worklist, a journey and its story, finds people, and draws the dashboard', async () => {
      const coordinator = await PageVisitor.as(server, 'coordinator-torbay');
      const list = await coordinator.open('/worklist');
      expect(list.text).toContain('Waiting for us');
      const [, journey] = /href="(\/journeys\/[0-9a-f-]{36})/.exec(list.text)!;
      for (const [path, says] of [
        [journey!, 'responsible'],
        [`${journey}/story`, 'Referral'],
        ['/worklist/tonight', 'Tonight’s gaps'],
        ['/worklist/changes?since=2010-01-01T00:00:00.000Z', 'new'],
        ['/notices', 'otice'],
        ['/status', 'Yes, everything is up to date'],
      ] as const) {
        const page = await coordinator.open(path);
        expect([path, page.status]).toEqual([path, 200]);
        expect(page.text).toContain(says);
      }
      const finding = await coordinator.send('/find', { find: '943 476 5870' });
      expect(finding.text).toMatch(/Edith Smith[\s\S]*href="\/journeys\//);
      const lead = await PageVisitor.as(server, 'pilot-lead-torbay');
      const dashboard = await lead.open('/pilots/torbay');
      expect(dashboard.status).toBe(200);
      expect(dashboard.text).toMatch(/social care/i);
    });

    it('writes, and reads its own write', async () => {
      const before = await server.events();
      await simulate(server.engine, { seed: 6, people: 2 });
      expect(await server.events()).toBeGreaterThan(before);
      expect(await caughtUp()).toBe(true);
      const { body } = await server.query(`/api/worklist?minPosition=${(await server.engine.store.head()).position}`);
      expect(body['freshness']).toMatchObject({ ordinal: await server.events() });
    });

    it('goes on projecting after the connection that holds its lock was cut', async () => {
      const terminated = await asked(
        `SELECT pg_terminate_backend(pid) FROM pg_locks
         WHERE locktype = 'advisory' AND granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
      );
      expect(terminated).toHaveLength(1);
      await until(() => server.engine.projector!.status().state === 'restarting');
      await simulate(server.engine, { seed: 7, people: 2 });
      expect(await caughtUp()).toBe(true);
      await until(ready);
    });

    it('never answers with the read models of another log', async () => {
      const coordinator = await PageVisitor.as(server, 'coordinator-torbay');
      const [{ log }] = (await asked('SELECT log FROM read_models.served')) as [{ log: string }];
      await asked("UPDATE read_models.served SET log = 'another'");
      expect((await coordinator.open('/worklist')).status).toBe(503);
      expect(await ready()).toBe(false);
      expect(server.logged.join('\n')).toContain('the read models of another log');
      await asked('UPDATE read_models.served SET log = $1', [log]);
      expect((await coordinator.open('/worklist')).status).toBe(200);
    });

    it('says that the lists cannot be reached while the database is away', async () => {
      const coordinator = await PageVisitor.as(server, 'coordinator-torbay');
      await postgres.stop();
      const page = await coordinator.open('/worklist');
      expect(page.status).toBe(503);
      expect(page.text).toContain('Not possible at this moment');
      // Whether a session was signed out cannot be asked either, so no page is shown.
      expect((await coordinator.open('/status')).status).toBe(503);
      expect((await server.query('/api/worklist')).body).toMatchObject({ code: 'store-unavailable' });
      expect(await ready()).toBe(false);
      expect(server.logged.join('\n')).not.toContain(database.url);
    });
  });
});
