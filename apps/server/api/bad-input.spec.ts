import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startServer, type Answer, type Running } from '../testing/running.js';

const smith = { givenName: 'Edith', familyName: 'Smith', birthDate: '1925-03-01', nhsNumber: '943 476 5919' };

describe('Bad input of every kind', () => {
  let server: Running;
  beforeAll(async () => {
    server = await startServer({ project: false });
  }, 30_000);
  afterAll(() => server.stop());

  /** Runs `ask`, and expects a problem document and an unchanged log. */
  async function isRefused(ask: () => Promise<Answer>, status: number, code: string): Promise<Answer> {
    const before = await server.events();
    const answer = await ask();
    expect({ status: answer.status, code: answer.body['code'] }).toEqual({ status, code });
    expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(answer.body).toMatchObject({
      type: `/problems/${code}`,
      title: expect.any(String),
      instance: expect.stringMatching(/^urn:uuid:/),
    });
    expect(await server.events()).toBe(before);
    return answer;
  }
  const register = (body: unknown, options = {}) => server.command('register-person', body, options);
  const pointers = ({ body }: Answer) => (body['errors'] as { pointer: string }[]).map(({ pointer }) => pointer);

  it('takes what is right', async () => {
    const answer = await register(smith);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('etag')).toBe('"0"');
    expect(answer.body).toMatchObject({
      revision: 0,
      events: [{ type: 'PersonRegistered' }],
      personId: expect.any(String),
    });
  });

  it.each(['{', '', '[1,', '{"givenName":', 'givenName=Edith', '{"__proto__":{"x":1}}'])(
    'malformed JSON %j',
    async (body) => {
      await isRefused(() => register(body), 400, 'malformed-json');
    },
  );

  it.each(['[]', '"x"', 'null', '5'])('JSON that is no object: %s', async (body) => {
    await isRefused(() => register(body), 422, 'invalid-fields');
  });

  it('an unknown command', async () => {
    await isRefused(() => server.command('register-cat', smith), 404, 'unknown-command');
  });

  it('an unknown field, named by a JSON pointer', async () => {
    const answer = await isRefused(() => register({ ...smith, 'nick/name~': 'E' }), 422, 'invalid-fields');
    expect(pointers(answer)).toEqual(['/nick~1name~0']);
    await isRefused(() => register({ ...smith, constructor: 'E' }), 422, 'invalid-fields');
  });

  it('wrong types and missing fields, all of them at once', async () => {
    const answer = await isRefused(() => register({ givenName: 5, birthDate: null, sex: 'f' }), 422, 'invalid-fields');
    expect(pointers(answer).sort()).toEqual(['/birthDate', '/familyName', '/givenName', '/sex']);
  });

  it.each(['1925-02-29', '2011-02-30', '1925-13-01', '01/03/1925', '1925-3-1', '0000-00-00'])(
    'an impossible date %s',
    async (birthDate) => {
      expect(pointers(await isRefused(() => register({ ...smith, birthDate }), 422, 'invalid-fields'))).toEqual([
        '/birthDate',
      ]);
    },
  );

  it('a moment that lies in the future', async () => {
    const answer = await isRefused(
      () => register({ ...smith, occurredAt: '2026-11-21T10:00:00.000Z' }),
      422,
      'invalid-fields',
    );
    expect(pointers(answer)).toEqual(['/occurredAt']);
  });

  it('an NHS number whose check digit fails', async () => {
    const answer = await isRefused(() => register({ ...smith, nhsNumber: '943 476 5918' }), 422, 'invalid-fields');
    expect(pointers(answer)).toEqual(['/nhsNumber']);
  });

  it('an NHS number that somebody holds already', async () => {
    const answer = await isRefused(() => register({ ...smith, givenName: 'Edna' }), 409, 'nhs-number-taken');
    expect(answer.body['about']).toEqual({ personId: expect.any(String) });
  });

  it('a key that was used for something else', async () => {
    const key = 'a-key-of-our-own';
    const jones = { ...smith, familyName: 'Jones', nhsNumber: undefined };
    expect((await register(jones, { key })).status).toBe(200);
    await isRefused(() => register({ ...jones, givenName: 'Edna' }, { key }), 422, 'key-reused');
    expect((await register(jones, { key })).body).toMatchObject({ repeated: true });
  });

  it('somebody of a surname and birth date that are known, without a word why it is somebody else', async () => {
    const answer = await isRefused(() => register({ ...smith, nhsNumber: undefined, givenName: 'Edna' }), 409, 'possible-match');
    expect(answer.body['about']).toEqual({ people: [expect.any(String)] });
  });

  it('no key, or one that is none; an If-Match that is no ETag of ours', async () => {
    await isRefused(() => register(smith, { key: '' }), 400, 'malformed-request');
    await isRefused(() => register(smith, { key: 'x'.repeat(201) }), 400, 'malformed-request');
    await isRefused(() => register(smith, { headers: { 'if-match': 'seven' } }), 400, 'malformed-request');
  });

  it('a stale revision', async () => {
    await isRefused(
      () => register({ ...smith, nhsNumber: undefined }, { headers: { 'if-match': '"3"' } }),
      412,
      'stale',
    );
  });

  it('nobody, a token of somebody else, a changed one, an expired one', async () => {
    await isRefused(() => register(smith, { headers: { authorization: '' } }), 401, 'sign-in-needed');
    await isRefused(() => register(smith, { headers: { authorization: 'Basic eDp5' } }), 401, 'token-invalid');
    const token = await server.token('coordinator-torbay');
    await isRefused(
      () => register(smith, { headers: { authorization: `Bearer ${token.slice(0, -6)}AAAAAA` } }),
      401,
      'token-invalid',
    );
    const expired = await server.token('coordinator-torbay', -5000);
    const answer = await isRefused(
      () => register(smith, { headers: { authorization: `Bearer ${expired}` } }),
      401,
      'token-expired',
    );
    expect(answer.headers.get('www-authenticate')).toContain('Bearer');
  });

  it('a role that may not, and the refusal is in the access log', async () => {
    const before = (await server.engine.accessStore.head()).ordinal!;
    await isRefused(() => register(smith, { as: 'auditor' }), 403, 'role-not-allowed');
    expect((await server.engine.accessStore.head()).ordinal).toBe(before + 1);
  });

  it('a body of 10 MB', async () => {
    await isRefused(() => register({ ...smith, address: 'x'.repeat(10_000_000) }), 413, 'body-too-large');
  });

  it('a body that is not JSON', async () => {
    await isRefused(
      () => register('<x/>', { headers: { 'content-type': 'application/xml' } }),
      415,
      'unsupported-media-type',
    );
    await isRefused(() => register('x', { headers: { 'content-type': 'text/plain' } }), 415, 'unsupported-media-type');
    await isRefused(
      () => register('a=b', { headers: { 'content-type': 'application/x-www-form-urlencoded' } }),
      415,
      'unsupported-media-type',
    );
  });

  it('an address that is none, and one asked with another method', async () => {
    await isRefused(() => server.query('/api/nothing'), 404, 'not-found');
    await isRefused(() => server.query('/api/commands/register-person'), 404, 'not-found');
    await isRefused(() => server.query('/api/%E0%A4%A'), 400, 'malformed-request');
  });

  it('never shows a name or a number of a person in the log', async () => {
    await register('{"givenName":"Edith","familyName":"Smith" "nhsNumber":"9434765919"}');
    await server.query('/api/people?surname=Smith&nhsNumber=9434765919');
    const log = server.logged.join('\n');
    expect(log).toContain('"route":"/api/commands/register-person"');
    expect(log).not.toMatch(/Edith|Smith|943.?476.?5919/i);
  });
});
