/** How people sign in, out of the environment. `docs/sign-in.md` lists the same variables. */

export interface OpenIdSettings {
  readonly kind: 'openid';
  readonly issuer: URL;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scope: string;
}

export type SignInSettings = { readonly kind: 'development' } | OpenIdSettings;

export class SignInSettingsError extends Error {}

type Environment = Readonly<Record<string, string | undefined>>;

export const isProduction = (env: Environment): boolean =>
  env['NODE_ENV'] === 'production' || env['THROUGHCARE_MODE'] === 'production';

/** @throws SignInSettingsError naming what is missing or wrong */
export function signInSettings(env: Environment): SignInSettings {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = env;
  if (!issuer && !clientId && !clientSecret && !isProduction(env)) return { kind: 'development' };
  if (!issuer || !clientId || !clientSecret) {
    const missing = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'].filter((name) => !env[name]);
    throw new SignInSettingsError(`to sign people in, set ${missing.join(', ')}`);
  }
  const url = URL.parse(issuer);
  if (!url || (isProduction(env) && url.protocol !== 'https:'))
    throw new SignInSettingsError(`OIDC_ISSUER is not an address${url ? ' that starts with https://' : ''}`);
  return { kind: 'openid', issuer: url, clientId, clientSecret, scope: env['OIDC_SCOPE'] ?? 'openid profile' };
}

/** The development provider lets anyone be anyone. @throws SignInSettingsError in production mode */
export function refuseInProduction(env: Environment, what: string): void {
  if (isProduction(env))
    throw new SignInSettingsError(
      `${what} lets anyone sign in as anyone and does not start in production mode; ` +
        'set OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET',
    );
}
