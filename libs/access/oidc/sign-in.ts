/** Signing in: the code flow of OpenID Connect with PKCE, state and nonce, through `openid-client`. */
import { LRUCache } from 'lru-cache';
import * as oidc from 'openid-client';
import { minutes, systemClock, toMillis, type Clock } from '#kernel';
import { readCookie, setCookie } from '../cookies.js';
import { ClaimsError, principalOf, type Principal } from '../principal.js';
import { SealedClaims } from '../sealed-claims.js';
import type { OpenIdSettings } from '../settings.js';
import { localPath } from './local-path.js';

/** The address that the provider sends the browser back to; it is registered there with the origin before it. */
export const CALLBACK_PATH = '/sign-in/callback';

const COOKIE = 'throughcare_signin_';
/** How long somebody may take over the provider's pages. */
const PATIENCE = minutes(10);

export interface Client {
  readonly issuer: URL;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** Instead of the network. */
  readonly fetch?: (address: string, init: RequestInit) => Promise<Response>;
}

export interface SignInProvider {
  /** @param origin of the page in the browser, such as `http://localhost:3000` */
  clientAt(origin: string): Client;
}

export const openIdProvider = ({ issuer, clientId, clientSecret, scope }: OpenIdSettings): SignInProvider => ({
  clientAt: () => ({ issuer, clientId, clientSecret, parameters: { scope } }),
});

/**
 * `started`: nothing was begun in this browser, or it is over, used, or another one's. `provider`: the provider
 * refused or could not be reached. `claims`: signed in there, and no user here.
 */
export class SignInError extends Error {
  constructor(
    readonly code: 'started' | 'provider' | 'claims',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

export interface SignInOptions {
  readonly provider: SignInProvider;
  /** 32 bytes of the keys directory. */
  readonly secret: Uint8Array;
  readonly clock?: Clock;
}

export class SignIn {
  private readonly provider: SignInProvider;
  private readonly sealed: SealedClaims;
  private readonly clock: Clock;
  private readonly configurations = new LRUCache<string, Promise<oidc.Configuration>>({ max: 20 });
  private readonly used = new LRUCache<string, true>({ max: 10_000, ttl: PATIENCE });

  constructor({ provider, secret, clock = systemClock }: SignInOptions) {
    this.provider = provider;
    this.sealed = new SealedClaims(secret, 'sign-in', clock);
    this.clock = clock;
  }

  /**
   * Where to send the browser, and the cookie that goes with it.
   * @param returnTo where the person wanted to go; anything but a path of ours becomes `/`
   * @throws SignInError provider
   */
  async begin(origin: string, returnTo: string | undefined): Promise<{ location: string; setCookie: string }> {
    const client = this.provider.clientAt(origin);
    const configuration = await this.configurationOf(client);
    const state = oidc.randomState();
    const nonce = oidc.randomNonce();
    const verifier = oidc.randomPKCECodeVerifier();
    const location = oidc.buildAuthorizationUrl(configuration, {
      ...client.parameters,
      redirect_uri: origin + CALLBACK_PATH,
      state,
      nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    });
    const claims = { state, nonce, verifier, origin, returnTo: localPath(returnTo) };
    const value = await this.sealed.seal(claims, toMillis(this.clock.now()) + PATIENCE);
    return { location: location.href, setCookie: setCookie(cookieOf(state), value, options(origin, PATIENCE / 1000)) };
  }

  /**
   * @param url of the callback, with its query, as the browser asked for it
   * @throws SignInError
   */
  async complete(
    url: URL,
    cookieHeader: string | undefined,
  ): Promise<{ principal: Principal; returnTo: string; setCookie: string }> {
    const state = url.searchParams.get('state') ?? '';
    const begun = await this.begun(state, cookieHeader);
    if (begun?.['state'] !== state || begun['origin'] !== url.origin || this.used.has(state))
      throw new SignInError('started', 'this sign-in was not begun in this browser, or is over; start again');
    this.used.set(state, true);
    const configuration = await this.configurationOf(this.provider.clientAt(url.origin));
    const claims = await this.exchange(configuration, url, {
      expectedState: state,
      expectedNonce: String(begun['nonce']),
      pkceCodeVerifier: String(begun['verifier']),
      idTokenExpected: true,
    });
    return {
      principal: this.principal(claims),
      returnTo: localPath(String(begun['returnTo'])),
      setCookie: setCookie(cookieOf(state), '', options(url.origin, 0)),
    };
  }

  private async begun(state: string, cookieHeader: string | undefined) {
    const cookie = /^[\w-]{8,}$/.test(state) ? readCookie(cookieHeader, cookieOf(state)) : undefined;
    const claims = cookie ? await this.sealed.open(cookie) : undefined;
    return typeof claims === 'object' ? claims : undefined;
  }

  private async exchange(
    configuration: oidc.Configuration,
    url: URL,
    checks: oidc.AuthorizationCodeGrantChecks,
  ): Promise<Readonly<Record<string, unknown>>> {
    try {
      return (await oidc.authorizationCodeGrant(configuration, url, checks)).claims() ?? {};
    } catch (cause) {
      throw new SignInError('provider', 'the identity provider did not confirm this sign-in; start again', { cause });
    }
  }

  private principal(claims: Readonly<Record<string, unknown>>): Principal {
    try {
      return principalOf(claims);
    } catch (cause) {
      if (cause instanceof ClaimsError) throw new SignInError('claims', cause.message, { cause });
      throw cause;
    }
  }

  private async configurationOf(client: Client): Promise<oidc.Configuration> {
    const issuer = client.issuer.href;
    let discovered = this.configurations.get(issuer);
    if (!discovered) this.configurations.set(issuer, (discovered = discover(client)));
    try {
      return await discovered;
    } catch (cause) {
      // Not kept: the provider may be back for the next attempt.
      this.configurations.delete(issuer);
      throw new SignInError('provider', `the identity provider ${issuer} does not answer`, { cause });
    }
  }
}

function discover({ issuer, clientId, clientSecret, fetch }: Client): Promise<oidc.Configuration> {
  return oidc.discovery(issuer, clientId, clientSecret, undefined, {
    // http is for loopback alone; settings.ts asks for https in production.
    ...(issuer.protocol === 'http:' && { execute: [oidc.allowInsecureRequests] }),
    ...(fetch && {
      [oidc.customFetch]: (address: string, init: oidc.CustomFetchOptions) => fetch(address, init as RequestInit),
    }),
  });
}

/** One cookie a sign-in: two tabs do not disturb each other. */
const cookieOf = (state: string): string => COOKIE + state.slice(0, 8);

const options = (origin: string, maxAge: number) => ({
  secure: origin.startsWith('https:'),
  path: CALLBACK_PATH,
  maxAge,
});
