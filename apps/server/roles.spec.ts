import { afterEach, describe, expect, it } from '@jest/globals';
import { allRoles, readRoles, type Role } from './roles.js';
import { ConfigurationError, readConfig } from './config.js';
import { startServer, type Running } from './testing/running.js';

describe('What a process does', () => {
  it('is all of it, or what is named', () => {
    expect(readRoles('all')).toBe(allRoles);
    expect(readRoles('projector, api')).toEqual(new Set(['api', 'projector']));
    expect(readRoles('web,api,projector')).toBe(allRoles);
    for (const wrong of ['', 'pages', 'api,pages', ',']) expect(() => readRoles(wrong)).toThrow('is all, or some of');
  });

  it('is all of it where nothing can be shared', () => {
    expect(() => readConfig({ THROUGHCARE_ROLES: 'api' })).toThrow(ConfigurationError);
    const shared = {
      THROUGHCARE_STORE: 'eventstoredb',
      EVENTSTOREDB_URL: 'esdb://127.0.0.1:2113?tls=false',
      THROUGHCARE_POSTGRES_URL: 'postgres://throughcare@127.0.0.1:5432/throughcare',
    };
    expect(readConfig({ ...shared, THROUGHCARE_ROLES: 'api' }).THROUGHCARE_ROLES).toEqual(new Set(['api']));
    expect(() => readConfig({ ...shared, THROUGHCARE_POSTGRES_URL: '', THROUGHCARE_ROLES: 'web' })).toThrow(
      'THROUGHCARE_ROLES other than all need THROUGHCARE_POSTGRES_URL',
    );
  });
});

describe('The addresses of a process', () => {
  let server: Running;
  afterEach(() => server.stop());
  const status = async (path: string) => (await fetch(`${server.base}${path}`, { redirect: 'manual' })).status;
  const serving = async (...roles: Role[]) => {
    server = await startServer({ roles: new Set(roles) });
    return {
      health: await status('/health/live'),
      measures: await status('/metrics'),
      page: await status('/worklist'),
      changes: await status('/api/changes'),
      query: await status('/api/worklist'),
      command: (await fetch(`${server.base}/api/commands/record-contact`, { method: 'POST' })).status,
    };
  };

  it('of the role api are those for programs', async () => {
    expect(await serving('api')).toEqual({ health: 200, measures: 200, page: 404, changes: 401, query: 401, command: 401 });
  });

  it('of the role web are the pages, and how they hear of changes', async () => {
    expect(await serving('web')).toEqual({ health: 200, measures: 200, page: 303, changes: 401, query: 404, command: 404 });
  });

  it('of the role projector are health and measures', async () => {
    expect(await serving('projector')).toEqual({ health: 200, measures: 200, page: 404, changes: 404, query: 404, command: 404 });
  });
});
