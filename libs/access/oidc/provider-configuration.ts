import type { Configuration } from 'oidc-provider';
import { personaOf } from '../personas.js';
import { claimsOf, ourClaims } from '../principal.js';
import type { SigningKey } from '../signing-key.js';
import { memoryAdapter } from './memory-adapter.js';
import { plainErrorPage } from './persona-page.js';
import { CALLBACK_PATH } from './sign-in.js';

/** Where the provider is mounted; its issuer is the origin and this path. */
export const PROVIDER_PATH = '/oidc';
export const DEVELOPMENT_CLIENT = 'throughcare-web';
export const DEVELOPMENT_SCOPE = 'openid throughcare';

/** One client, one scope, code flow with PKCE, and no question of consent: choosing a persona is the one click. */
export const providerConfiguration = (origin: string, key: SigningKey, secret: string): Configuration => ({
  adapter: memoryAdapter(),
  jwks: { keys: [{ ...key.private.export({ format: 'jwk' }), use: 'sig', alg: 'EdDSA' }] },
  clients: [
    {
      client_id: DEVELOPMENT_CLIENT,
      client_secret: secret,
      redirect_uris: [origin + CALLBACK_PATH],
      response_types: ['code'],
      grant_types: ['authorization_code'],
      id_token_signed_response_alg: 'EdDSA',
    },
  ],
  enabledJWA: { idTokenSigningAlgValues: ['EdDSA'] },
  scopes: ['openid', 'throughcare'],
  claims: { openid: ['sub'], throughcare: [...ourClaims] },
  conformIdTokenClaims: false,
  pkce: { required: () => true },
  responseTypes: ['code'],
  features: {
    devInteractions: { enabled: false },
    rpInitiatedLogout: { enabled: false },
    userinfo: { enabled: false },
  },
  cookies: { keys: [secret] },
  ttl: { AccessToken: 600, AuthorizationCode: 60, Grant: 600, IdToken: 600, Interaction: 3600, Session: 3600 },
  interactions: { url: (_ctx, interaction) => `${PROVIDER_PATH}/interaction/${interaction.uid}` },
  findAccount(_ctx, id) {
    const persona = personaOf(id);
    return persona && { accountId: id, claims: () => ({ sub: id, ...claimsOf(persona) }) };
  },
  async loadExistingGrant(ctx) {
    const { provider, client, session } = ctx.oidc;
    if (!client || !session?.accountId) return undefined;
    const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
    grant.addOIDCScope(DEVELOPMENT_SCOPE);
    await grant.save();
    return grant;
  },
  async renderError(ctx, out) {
    ctx.type = 'html';
    ctx.body = plainErrorPage('Sign-in did not work', out.error_description ?? out.error);
  },
  clientBasedCORS: () => false,
});
