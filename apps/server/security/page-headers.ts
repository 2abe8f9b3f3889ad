import helmet from 'helmet';
import type { FastifyInstance } from 'fastify';
import { ANSWER_PATH } from '../answer-link.js';

const self = "'self'";
const none = "'none'";

const headers = (referrer: 'same-origin' | 'no-referrer') =>
  helmet({
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
    referrerPolicy: { policy: referrer },
    // Set by whatever ends TLS in front of us.
    hsts: false,
  });

const ofPages = headers('same-origin');
/** The address of a link to answer with is half of a secret: nobody is told where somebody came from. */
const ofAnswers = headers('no-referrer');

/**
 * Strict headers. Scripts and styles are files of ours, so the pages' content security policy needs no nonce; answers
 * of the API are never a page, and are told so.
 */
export function protectPages(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    if (!isOfApi(request.url)) {
      const protect = isOfAnswers(request.url) ? ofAnswers : ofPages;
      return protect(request.raw, reply.raw, done as () => void);
    }
    void reply.headers(ofApi);
    done();
  });
}

/** `/metrics` is for Prometheus; what lies below it are pages. */
const isOfApi = (address: string): boolean => /^\/((api|health|problems)(\/|$|\?)|metrics(\?|$))/.test(address);

const isOfAnswers = (address: string): boolean => address.startsWith(`${ANSWER_PATH}/`);

const ofApi = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};
