/**
 * The identity provider of the embedded start: one click a persona, inside the same server under `/oidc`. Its issuer
 * is the address in the browser, so `localhost`, `127.0.0.1`, any port and a mapped port all work.
 */
import { createHmac } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { inject } from 'light-my-request';
import type Provider from 'oidc-provider';
import { personaOf, personas } from '../personas.js';
import { refuseInProduction } from '../settings.js';
import { signingKey } from '../signing-key.js';
import { plainErrorPage, plainPersonaPage, type PersonaPage } from './persona-page.js';
import {
  DEVELOPMENT_CLIENT, DEVELOPMENT_SCOPE, PROVIDER_PATH, providerConfiguration,
} from './provider-configuration.js';
import type { SignInProvider } from './sign-in.js';

export interface DevelopmentProviderOptions {
  /** 32 bytes of the keys directory. */
  readonly seed: Uint8Array;
  readonly env?: NodeJS.ProcessEnv;
  readonly page?: (page: PersonaPage) => string;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export interface DevelopmentProvider extends SignInProvider {
  /** True for the addresses that `handle` answers. */
  handles(path: string): boolean;
  /** A plain Node handler; it reads the body itself, so mount it before any body parser. */
  readonly handle: Handler;
}

type Respond = { request: IncomingMessage; response: ServerResponse };

const loopback = /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/;
const interactionPath = new RegExp(`^${PROVIDER_PATH}/interaction/[\\w-]+$`);
const MAX_ORIGINS = 20;
const FAILED = 'Sign-in did not work';
const ELSEWHERE =
  'The development sign-in works on this machine only: open http://localhost with the port of the server.';

/** @throws SignInSettingsError in production mode */
export function developmentProvider(options: DevelopmentProviderOptions): DevelopmentProvider {
  const { seed, env = process.env, page = plainPersonaPage } = options;
  refuseInProduction(env, 'The development identity provider');
  const key = signingKey(seed);
  const secret = createHmac('sha256', seed).update('client secret').digest('base64url');
  const providers = new Map<string, Promise<Provider>>();

  const providerAt = (origin: string): Promise<Provider> => {
    const existing = providers.get(origin);
    if (existing) return existing;
    if (providers.size === MAX_ORIGINS) providers.clear();
    const created = createProvider(origin);
    providers.set(origin, created);
    return created;
  };
  // Loaded with the first sign-in: no start waits for it.
  const createProvider = async (origin: string): Promise<Provider> => {
    const { Provider } = await import('oidc-provider');
    return new Provider(origin + PROVIDER_PATH, providerConfiguration(origin, key, secret));
  };

  const handle: Handler = async (request, response) => {
    const host = request.headers.host ?? '';
    if (!loopback.test(host))
      return html({ request, response }, 400, plainErrorPage(FAILED, ELSEWHERE));
    const provider = await providerAt(`http://${host}`);
    const url = request.url ?? '/';
    const path = url.split('?', 1)[0]!;
    if (interactionPath.test(path)) return interact(provider, { request, response }, path);
    forgetWho(request);
    Object.assign(request, { originalUrl: url, url: url.slice(PROVIDER_PATH.length) || '/' });
    await provider.callback()(request, response);
  };

  const interact = async (provider: Provider, exchange: Respond, path: string): Promise<void> => {
    const { request, response } = exchange;
    try {
      await provider.interactionDetails(request, response);
    } catch {
      return html(exchange, 400, plainErrorPage(FAILED, 'This sign-in is over or belongs to another browser.'));
    }
    if (request.method !== 'POST') return html(exchange, 200, page({ action: path, personas }));
    const persona = personaOf(new URLSearchParams(await bodyOf(request)).get('persona') ?? '');
    if (!persona) return html(exchange, 400, page({ action: path, personas }));
    await provider.interactionFinished(request, response, { login: { accountId: persona.id } });
  };

  return {
    handles: (path) => path === PROVIDER_PATH || path.startsWith(`${PROVIDER_PATH}/`),
    handle,
    clientAt: (origin) => ({
      issuer: new URL(origin + PROVIDER_PATH),
      clientId: DEVELOPMENT_CLIENT,
      clientSecret: secret,
      parameters: { scope: DEVELOPMENT_SCOPE },
      fetch: (address, init) => fetchInside(handle, address, init),
    }),
  };
}

/**
 * The provider's own session cookies never reach it, so every sign-in asks: somebody who signs in again wants to be
 * somebody else.
 */
function forgetWho(request: IncomingMessage): void {
  const kept = request.headers.cookie?.split('; ').filter((cookie) => !cookie.startsWith('_session'));
  if (kept) request.headers.cookie = kept.join('; ');
}

/** The server asks its own provider without the network, where its own address may be another one. */
async function fetchInside(handle: Handler, address: string, init: RequestInit): Promise<Response> {
  const dispatch: Parameters<typeof inject>[0] = (request, response) =>
    void handle(request as IncomingMessage, response as ServerResponse);
  const answer = await inject(dispatch, {
    url: address,
    method: (init.method ?? 'GET') as 'GET' | 'POST',
    headers: Object.fromEntries(new Headers(init.headers)),
    ...(init.body != null && { payload: String(init.body) }),
  });
  const headers = Object.entries(answer.headers).map(([name, value]) => [name, String(value)] as [string, string]);
  return new Response(answer.payload, { status: answer.statusCode, headers });
}

function html({ response }: Respond, status: number, body: string): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'self'; form-action 'self'; frame-ancestors 'none'",
  });
  response.end(body);
}

const MAX_BODY = 4096;

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY) return '';
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
