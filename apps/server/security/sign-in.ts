import type { FastifyInstance } from 'fastify';
import {
  developmentIssuer,
  developmentProvider,
  openIdIssuer,
  openIdProvider,
  SignIn,
  TokenVerifier,
  type DevelopmentProviderOptions,
  type SignInSettings,
} from '#access';
import type { Clock } from '#kernel';

export interface SignInOptions {
  readonly settings: SignInSettings;
  /** 32 bytes of the keys directory. */
  readonly secret: Buffer;
  readonly clock: Clock;
  /** How the development provider's page looks. */
  readonly page?: DevelopmentProviderOptions['page'];
}

export interface SigningIn {
  readonly signIn: SignIn;
  readonly tokens: TokenVerifier;
  /** Serves the development provider where it is the one; before any body is read. */
  mount(fastify: FastifyInstance): void;
}

/** @throws SignInSettingsError the development provider in production */
export function signingIn({ settings, secret, clock, page }: SignInOptions): SigningIn {
  if (settings.kind === 'openid') {
    return {
      signIn: new SignIn({ provider: openIdProvider(settings), secret, clock }),
      tokens: new TokenVerifier(openIdIssuer(settings), clock),
      mount: () => undefined,
    };
  }
  const provider = developmentProvider({ seed: secret, ...(page && { page }) });
  return {
    signIn: new SignIn({ provider, secret, clock }),
    tokens: new TokenVerifier(developmentIssuer(secret), clock),
    mount(fastify) {
      fastify.addHook('onRequest', (request, reply, done) => {
        if (!provider.handles(request.url.split('?', 1)[0]!)) return done();
        reply.hijack();
        provider.handle(request.raw, reply.raw).catch(() => reply.raw.destroy());
      });
    },
  };
}
