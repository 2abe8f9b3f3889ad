import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { fromMillis, minutes } from '#kernel';
import { personaOf, personas } from '../personas.js';
import { Browser } from '../testing/browser.js';
import { TokenVerifier, developmentIssuer } from '../tokens.js';
import { developmentProvider } from './development-provider.js';
import { localPath } from './local-path.js';
import { CALLBACK_PATH, openIdProvider, SignIn } from './sign-in.js';

const seed = Buffer.alloc(32, 1);
const secret = Buffer.alloc(32, 2);
const provider = developmentProvider({ seed, env: {} });
let server: Server;
let port: number;
let signIn: SignIn;
let browser: Browser;

beforeAll(async () => {
  server = createServer((request, response) => void provider.handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  signIn = new SignIn({ provider, secret });
  browser = new Browser();
});

const start = async (origin: string, returnTo?: string) => {
  const begun = await signIn.begin(origin, returnTo);
  browser.take(begun.setCookie);
  return Browser.next(await browser.open(begun.location), origin);
};
/** Chooses the persona and follows the way back; answers the address of the callback. */
const choose = async (choice: string, persona: string) => {
  let address = choice;
  let answer = await browser.open(choice, { persona });
  while (answer.status === 303 && !address.includes(CALLBACK_PATH)) {
    address = Browser.next(answer, choice);
    if (!address.includes(CALLBACK_PATH)) answer = await browser.open(address);
  }
  return new URL(address);
};
const complete = (callback: URL) => signIn.complete(callback, browser.cookieHeader(CALLBACK_PATH));
const here = () => `http://localhost:${port}`;

describe('Signing in with the development provider', () => {
  it('shows every persona as one button', async () => {
    const page = await (await browser.open(await start(here()))).text();
    for (const persona of personas) expect(page).toContain(`value="${persona.id}"`);
    expect(page).toContain('<html lang="en-GB">');
  });

  it.each(['localhost', '127.0.0.1'])('works at %s on any port, one click, back to where one was', async (host) => {
    const callback = await choose(await start(`http://${host}:${port}`, '/journeys/1?tab=plan'), 'coordinator-brixham');
    const { principal, returnTo, setCookie } = await complete(callback);
    const { actor, name, teams } = personaOf('coordinator-brixham')!;
    expect(principal).toEqual({ actor, name, teams });
    expect(returnTo).toBe('/journeys/1?tab=plan');
    expect(setCookie).toMatch(/^throughcare_signin_[\w-]{8}=; .*Max-Age=0/);
  });

  it('gives every persona its role and organisation', async () => {
    for (const { id, actor } of personas) {
      browser = new Browser();
      const { principal } = await complete(await choose(await start(here()), id));
      expect(principal.actor).toEqual(actor);
    }
  });

  it('asks again after signing out, so that somebody else can be chosen', async () => {
    await complete(await choose(await start(here()), 'auditor'));
    const again = await start(here());
    expect(again).toContain('/oidc/interaction/');
    const { principal } = await complete(await choose(again, 'evaluator'));
    expect(principal.actor.role).toBe('evaluator');
  });

  it('offers the choice again where nobody of that name is known', async () => {
    const answer = await browser.open(await start(here()), { persona: 'system' });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('value="auditor"');
  });

  it('refuses a choice made in another browser', async () => {
    const choice = await start(here());
    browser = new Browser();
    expect((await browser.open(choice, { persona: 'auditor' })).status).toBe(400);
  });

  it('answers on the addresses of this machine only', async () => {
    expect(await hostAnswer('throughcare.example')).toBe(400);
    expect(await hostAnswer(`localhost:${port}`)).toBe(200);
  });

  it('does not start in production mode, and says what to set', () => {
    for (const env of [{ NODE_ENV: 'production' }, { THROUGHCARE_MODE: 'production' }])
      expect(() => developmentProvider({ seed, env })).toThrow(/does not start in production mode; set OIDC_ISSUER/);
  });
});

describe('Signing in with a provider of the organisation', () => {
  it('goes over the network by its issuer, client and secret', async () => {
    const { issuer, clientId, clientSecret } = provider.clientAt(here());
    const settings = { kind: 'openid', issuer, clientId, clientSecret, scope: 'openid throughcare' } as const;
    signIn = new SignIn({ provider: openIdProvider(settings), secret });
    const { principal } = await complete(await choose(await start(here()), 'pilot-lead-torbay'));
    expect(principal.actor).toMatchObject({ role: 'pilotLead', pilot: 'torbay' });
  });

  it('is finished by another process than the one that began it, where both have the same keys', async () => {
    const { issuer, clientId, clientSecret } = provider.clientAt(here());
    const theirs = openIdProvider({ kind: 'openid', issuer, clientId, clientSecret, scope: 'openid throughcare' });
    signIn = new SignIn({ provider: theirs, secret });
    const callback = await choose(await start(here(), '/worklist'), 'coordinator-torbay');
    signIn = new SignIn({ provider: theirs, secret });
    expect(await complete(callback)).toMatchObject({ principal: { actor: { role: 'coordinator' } }, returnTo: '/worklist' });
    signIn = new SignIn({ provider: theirs, secret: Buffer.alloc(32, 3) });
    await expect(complete(callback)).rejects.toMatchObject({ code: 'started' });
  });

  it('who does not say what somebody may do here does not sign them in', async () => {
    const { issuer, clientId, clientSecret } = provider.clientAt(here());
    const settings = { kind: 'openid', issuer, clientId, clientSecret, scope: 'openid' } as const;
    signIn = new SignIn({ provider: openIdProvider(settings), secret });
    const attempt = complete(await choose(await start(here()), 'auditor'));
    await expect(attempt).rejects.toMatchObject({
      code: 'claims', message: expect.stringContaining('staff, role, organisation, sector'),
    });
  });
});

describe('A sign-in is refused', () => {
  const refused = (callback: URL) => expect(complete(callback)).rejects.toMatchObject({ code: 'started' });

  it('the second time with the same answer', async () => {
    const callback = await choose(await start(here()), 'auditor');
    await complete(callback);
    await refused(callback);
  });

  it('the second time also after a restart, because the provider takes a code once', async () => {
    const callback = await choose(await start(here()), 'auditor');
    await complete(callback);
    signIn = new SignIn({ provider, secret });
    await expect(complete(callback)).rejects.toMatchObject({ code: 'provider' });
  });

  it('in a browser that did not begin it', async () => {
    const callback = await choose(await start(here()), 'auditor');
    browser = new Browser();
    await refused(callback);
  });

  it('with a changed state, or none', async () => {
    const callback = await choose(await start(here()), 'auditor');
    const state = callback.searchParams.get('state')!;
    callback.searchParams.set('state', `${state.slice(0, -1)}${state.endsWith('A') ? 'B' : 'A'}`);
    await refused(callback);
    callback.searchParams.delete('state');
    await refused(callback);
  });

  it('with a changed code', async () => {
    const callback = await choose(await start(here()), 'auditor');
    callback.searchParams.set('code', 'made-up');
    await expect(complete(callback)).rejects.toMatchObject({ code: 'provider' });
  });

  it('after ten minutes', async () => {
    let now = Date.now();
    signIn = new SignIn({ provider, secret, clock: { now: () => fromMillis(now) } });
    const callback = await choose(await start(here()), 'auditor');
    now += minutes(10) + 1000;
    await refused(callback);
  });

  it('while the provider does not answer', async () => {
    const nobody = new URL('http://127.0.0.1:9');
    const settings = { kind: 'openid', issuer: nobody, clientId: 'c', clientSecret: 's', scope: 'openid' } as const;
    const begun = new SignIn({ provider: openIdProvider(settings), secret }).begin(here(), '/');
    await expect(begun).rejects.toMatchObject({ code: 'provider' });
  });
});

describe('Where one is sent after signing in', () => {
  it.each(['/', '/worklist', '/journeys/1?tab=plan#offer'])('%s is a page of ours', (path) => {
    expect(localPath(path)).toBe(path);
  });

  it.each([
    undefined, '', 'worklist', 'https://evil.example', '//evil.example', '/\\evil.example', '/\t/evil.example',
    '\\\\evil.example', 'javascript:alert(1)', '/\n/evil.example', '/..//evil.example', `/${'a'.repeat(3000)}`,
  ])('%j is not, and becomes the first page', (path) => {
    expect(localPath(path)).toBe('/');
  });
});

describe('An ID token', () => {
  it('is no bearer token of the API', async () => {
    const client = provider.clientAt(here());
    const callback = await choose(await start(here()), 'administrator');
    let idToken = '';
    const listening = new SignIn({
      secret,
      provider: {
        clientAt: () => ({
          ...client,
          fetch: async (address, init) => {
            const answer = await client.fetch!(address, init);
            const body = (await answer.clone().json()) as { id_token?: string };
            idToken ||= body.id_token ?? '';
            return answer;
          },
        }),
      },
    });
    await listening.complete(callback, browser.cookieHeader(CALLBACK_PATH));
    expect(idToken.split('.')).toHaveLength(3);
    const verifier = new TokenVerifier(developmentIssuer(seed, {}));
    await expect(verifier.verify(idToken)).rejects.toMatchObject({ code: 'issuer' });
  });
});

async function hostAnswer(host: string): Promise<number> {
  const { request } = await import('node:http');
  return new Promise((resolve, reject) => {
    const asked = request(
      { port, path: '/oidc/.well-known/openid-configuration', headers: { host } },
      (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
      },
    );
    asked.on('error', reject).end();
  });
}
