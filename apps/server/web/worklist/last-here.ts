import type { FastifyReply } from 'fastify';
import { isInstant, type Instant } from '#kernel';
import type { PageRequest } from '../visitor.js';

const COOKIE = 'throughcare_last_here';
const A_YEAR = 31_536_000;

/**
 * When this browser last looked at its list before this sign-in, by the engine's clock. It stays the same for a whole
 * session, so that what is new stays marked while somebody works through it.
 */
export function lastHere(request: PageRequest, reply: FastifyReply, now: Instant): Instant | undefined {
  const { startedAt, principal } = request.visitor.session;
  const mine = `${COOKIE}_${principal.actor.staff}`;
  const value =
    request.headers.cookie
      ?.split('; ')
      .find((one) => one.startsWith(`${mine}=`))
      ?.slice(mine.length + 1) ?? '';
  const [session, before, seen] = decodeURIComponent(value).split('|');
  const since = session === startedAt ? before : seen;
  const next = encodeURIComponent([startedAt, isInstant(since) ? since : '', now].join('|'));
  const secure = request.protocol === 'https' ? '; Secure' : '';
  void reply.header(
    'set-cookie',
    `${mine}=${next}; Path=/worklist; HttpOnly; SameSite=Lax; Max-Age=${A_YEAR}${secure}`,
  );
  return isInstant(since) ? since : undefined;
}
