import helmet from 'helmet';
import type { FastifyInstance } from 'fastify';

const self = "'self'";
const none = "'none'";

const ofPages = helmet({
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

/**
 * Strict headers. Scripts and styles are files of ours, so the pages' content security policy needs no nonce; answers
 * of the API are never a page, and are told so.
 */
export function protectPages(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    if (!isOfApi(request.url)) return ofPages(request.raw, reply.raw, done as () => void);
    void reply.headers(ofApi);
    done();
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
