import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';

const self = "'self'";
const none = "'none'";

/**
 * Strict headers. Pages get a content security policy with a nonce (`reply.cspNonce`); answers of the API are never
 * a page, and are told so without drawing a nonce for each.
 */
export async function protectPages(fastify: FastifyInstance): Promise<void> {
  fastify.addHook('onRoute', (route) => {
    if (isOfApi(route.url)) route.helmet = false;
  });
  fastify.addHook('onRequest', (request, reply, done) => {
    if (isOfApi(request.url)) void reply.headers(ofApi);
    done();
  });
  await fastify.register(helmet, {
    global: true,
    enableCSPNonces: true,
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: [self],
        scriptSrc: [self],
        styleSrc: [self],
        imgSrc: [self, 'data:'],
        fontSrc: [self],
        connectSrc: [self],
        formAction: [self],
        baseUri: [none],
        objectSrc: [none],
        frameAncestors: [none],
      },
    },
    referrerPolicy: { policy: 'same-origin' },
    // Set by whatever ends TLS in front of us.
    hsts: false,
  });
}

/** `/metrics` is for Prometheus; what lies below it are pages. */
const isOfApi = (address: string): boolean => /^\/((api|health|problems)(\/|$|\?)|metrics(\?|$))/.test(address);

const ofApi = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};
