import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fromMillis, type Instant } from '#kernel';
import { startServer, type Running } from '../testing/running.js';
import { describeError, scrub } from './scrub.js';

describe('Operating the server', () => {
  let server: Running;
  let behind = 0;
  beforeAll(async () => {
    server = await startServer({ clock: { now: (): Instant => fromMillis(Date.now() - behind) } });
  }, 30_000);
  afterAll(() => server.stop());

  const ready = async () =>
    (await server.ask('/health/ready')) as unknown as {
      status: number;
      body: { checks: Record<string, { ok: boolean; detail?: string }> };
    };
  const until = async (asked: () => Promise<boolean>) => {
    for (let i = 0; i < 200 && !(await asked()); i++) await new Promise((resolve) => setTimeout(resolve, 50));
  };

  it('is live at once, and ready when store, vault, clock and read models are', async () => {
    expect(await server.ask('/health/live')).toMatchObject({ status: 200, body: { ready: true } });
    await until(async () => (await ready()).status === 200);
    expect((await ready()).body).toMatchObject({
      checks: { store: { ok: true }, vault: { ok: true }, clock: { ok: true }, projector: { ok: true } },
    });
  });

  it('is not ready where the clock was set back behind what is recorded', async () => {
    const answer = await server.command('register-person', {
      givenName: 'E',
      familyName: 'Smith',
      birthDate: '1925-03-01',
    });
    await server.engine.projector!.waitFor(String(answer.body['position']), 10_000);
    behind = 60_000;
    expect(await ready()).toMatchObject({
      status: 503,
      body: { checks: { clock: { ok: false, detail: expect.stringContaining('behind the last event') } } },
    });
    behind = 0;
    expect(await ready()).toMatchObject({ status: 200 });
  });

  it('measures commands by outcome, appends, requests and how far the read models are', async () => {
    const person = { givenName: 'E', familyName: 'Smith', birthDate: '1931-07-14' };
    await server.command('register-person', person, { key: 'measured' });
    await server.command('register-person', person, { key: 'measured' });
    await server.command('register-person', { givenName: 'E' });
    const { text } = (await server.ask('/metrics')).body;
    for (const line of [
      /throughcare_commands_total\{command="register-person",outcome="done"\} [1-9]/,
      /throughcare_commands_total\{command="register-person",outcome="repeated"\} 1/,
      /throughcare_commands_total\{command="register-person",outcome="invalid-fields"\} 1/,
      /throughcare_append_seconds_count\{log="care",outcome="written"\} [1-9]/,
      /throughcare_http_request_seconds_count\{method="POST",route="\/api\/commands\/register-person",status="200"\} [1-9]/,
      /throughcare_projection_events_behind \d/,
      /throughcare_projector_up 1/,
    ])
      expect(text).toMatch(line);
  });

  it('explains every kind of problem where its type leads', async () => {
    expect(await server.ask('/problems/stale')).toMatchObject({
      status: 200,
      body: { text: expect.stringContaining('412') },
    });
    expect(await server.ask('/problems/handoff-withdrawn')).toMatchObject({
      status: 200,
      body: { text: expect.stringContaining('409') },
    });
    expect(await server.ask('/problems/No%20such')).toMatchObject({ status: 404 });
  });

  it('tells browsers that the API is no page, and lets pages run nothing but what is ours', async () => {
    expect((await server.ask('/api/pilots')).headers.get('content-security-policy')).toContain("default-src 'none'");
    const page = await server.ask('/no-such-page');
    expect(page.headers.get('content-security-policy')).toMatch(
      /^default-src 'self';script-src 'self';style-src 'self';/,
    );
    expect(page.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('keeps what it promised over a restart, and ends open streams when it stops', async () => {
    const stream = await fetch(`${server.base}/api/changes`, {
      headers: { authorization: `Bearer ${await server.token('auditor')}` },
    });
    const events = await server.events();
    await server.restart();
    expect(await stream.text()).toBeDefined();
    expect(await server.events()).toBe(events);
  });
});

describe('What is logged of an error', () => {
  it("has no words in quotes and no long numbers, which may be somebody's", () => {
    expect(scrub('Unexpected token in JSON, "Smith, E" is not valid')).toBe('Unexpected token in JSON, … is not valid');
    expect(scrub('943 476 5919 was there, 9434765919 too, and 12 events')).toBe('… was there, … too, and 12 events');
  });

  it('says where it came from and why', () => {
    const error = new Error("cannot read 'Smith'", { cause: new TypeError('`Edith` is not iterable') });
    expect(describeError(error)).toMatchObject({
      kind: 'Error',
      message: 'cannot read …',
      at: expect.any(Array),
      cause: { kind: 'TypeError', message: '… is not iterable' },
    });
    expect(describeError('Smith')).toEqual({ kind: 'string' });
  });
});
