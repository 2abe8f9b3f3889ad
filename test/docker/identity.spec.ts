/** The provider of compose.identity.yml. Its image is not started here: what it is told is read as Keycloak reads it. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { CALLBACK_PATH, personas, TOKEN_AUDIENCE } from '#access';
import { ourClaims, principalOf } from '../../libs/access/principal.js';

interface Mapper {
  readonly protocolMapper: string;
  readonly config: Readonly<Record<string, string>>;
}
interface Client {
  readonly clientId: string;
  readonly secret: string;
  readonly publicClient: boolean;
  readonly standardFlowEnabled: boolean;
  readonly implicitFlowEnabled: boolean;
  readonly directAccessGrantsEnabled: boolean;
  readonly serviceAccountsEnabled: boolean;
  readonly redirectUris: readonly string[];
  readonly attributes?: Readonly<Record<string, string>>;
  readonly protocolMappers: readonly Mapper[];
}
interface User {
  readonly username: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly credentials: readonly { readonly value: string }[];
  readonly attributes: Readonly<Record<string, readonly string[]>>;
}
interface Realm {
  readonly realm: string;
  readonly clientScopes?: unknown;
  readonly clients: readonly Client[];
  readonly users: readonly User[];
  readonly components: Readonly<Record<string, readonly { readonly config: Readonly<Record<string, readonly string[]>> }[]>>;
}

const compose = readFileSync('docker/compose.identity.yml', 'utf8');
const text = readFileSync('docker/identity/realm.json', 'utf8');
const realm = JSON.parse(text) as Realm;
const clientOf = (id: string) => realm.clients.find(({ clientId }) => clientId === id)!;
const saidAs = (name: string) => new RegExp(`${name}: (\\S+)`).exec(compose)?.[1];
const web = clientOf(saidAs('OIDC_CLIENT_ID')!);

/** What a token says, by the rules of Keycloak's mappers that are used here. */
const claimsBy = ({ protocolMappers }: Client, token: 'id' | 'access', user?: User): Record<string, unknown> =>
  Object.fromEntries(
    protocolMappers
      .filter(({ config }) => config[`${token}.token.claim`] === 'true')
      .flatMap(({ protocolMapper, config }) => {
        const name = config['claim.name']!;
        if (protocolMapper === 'oidc-hardcoded-claim-mapper') return [[name, config['claim.value']]];
        if (protocolMapper === 'oidc-audience-mapper') return [['aud', config['included.custom.audience']]];
        const values = user?.attributes[config['user.attribute']!];
        return values ? [[name, config['multivalued'] === 'true' ? values : values[0]]] : [];
      }),
  );

describe('The provider in a container', () => {
  it('knows everybody whom the development sign-in knows, with the same role, place and teams', () => {
    expect(realm.users.map(({ username }) => username)).toEqual(personas.map(({ id }) => id));
    for (const [i, { actor, name, teams }] of personas.entries()) {
      const user = realm.users[i]!;
      // The name comes out of the scope `profile`, which is Keycloak's own.
      const claims = { ...claimsBy(web, 'id', user), name: `${user.firstName} ${user.lastName}` };
      expect(principalOf(claims)).toEqual({ actor, name, teams });
    }
  });

  it('leaves Keycloak its own scopes: naming one of ours would take away those that give the name', () => {
    expect(realm.clientScopes).toBeUndefined();
  });

  it('lets nobody change what decides what they may do', () => {
    const profile = JSON.parse(
      realm.components['org.keycloak.userprofile.UserProfileProvider']![0]!.config['kc.user.profile.config']![0]!,
    ) as { readonly attributes: readonly { readonly name: string; readonly permissions: { readonly edit: readonly string[] } }[] };
    const declared = new Map(profile.attributes.map(({ name, permissions }) => [name, permissions.edit]));
    for (const claim of ourClaims.filter((name) => name !== 'name')) expect([claim, declared.get(claim)]).toEqual([claim, ['admin']]);
  });

  it('sends people back to us alone, by a code and with PKCE', () => {
    expect(web.redirectUris).toEqual([`http://localhost:3000${CALLBACK_PATH}`]);
    expect(web).toMatchObject({
      publicClient: false, standardFlowEnabled: true, implicitFlowEnabled: false, directAccessGrantsEnabled: false,
      attributes: { 'pkce.code.challenge.method': 'S256' },
    });
    // An ID token is for its client: of that name it would be taken for a bearer token.
    expect(web.clientId).not.toBe(TOKEN_AUDIENCE);
  });

  it('gives a program a bearer token that the API takes', () => {
    const claims = claimsBy(clientOf('throughcare-programs'), 'access');
    expect(claims['aud']).toBe(TOKEN_AUDIENCE);
    expect(principalOf(claims).actor).toMatchObject({ role: 'coordinator', organisation: 'torbay-care-trust' });
    expect(clientOf('throughcare-programs')).toMatchObject({ serviceAccountsEnabled: true, standardFlowEnabled: false });
  });

  it('is one address for browser and server, and the realm is the one that is imported', () => {
    const issuer = new URL(saidAs('OIDC_ISSUER')!);
    expect(issuer.pathname).toBe(`/realms/${realm.realm}`);
    expect(saidAs('KC_HOSTNAME')).toBe(issuer.origin);
    expect(compose).toContain(`aliases: [${issuer.hostname}]`);
  });

  it('holds no secret: each is chosen by whoever starts it', () => {
    const secrets = [...realm.clients.map(({ secret }) => secret), ...realm.users.flatMap(({ credentials }) => credentials.map(({ value }) => value))];
    const chosen = new Set(secrets.map((secret) => /^\$\{(\w+)\}$/.exec(secret)?.[1]));
    expect(chosen).toEqual(new Set(['OIDC_CLIENT_SECRET', 'PROGRAMS_CLIENT_SECRET', 'DEMO_PASSWORD']));
    for (const name of chosen) expect(compose).toMatch(new RegExp(`${name}: (?:&\\w+ )?(?:\\$\\{${name}:\\?|\\*secret)`));
  });
});
