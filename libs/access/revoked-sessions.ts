import type { Place } from '#database';
import type { Instant } from '#kernel';
import { keptOfSessions } from './session-tables.js';

/** Sessions that were signed out before their end; refused from then on by every process that shares the place. */
export interface RevokedSessions {
  has(sessionId: string): Promise<boolean>;
  /** Durable when it resolves. Entries whose session is over anyway are dropped on the way. */
  add(sessionId: string, endsAt: Instant, now: Instant): Promise<void>;
  close(): Promise<void>;
}

export async function openRevokedSessions(place: Place): Promise<RevokedSessions> {
  const { queries, close } = await place.open(keptOfSessions);
  return {
    // Asked each time: what another process has signed out a moment ago is over here too.
    async has(sessionId) {
      const found = await queries.selectFrom('revoked').select('session').where('session', '=', sessionId).executeTakeFirst();
      return found !== undefined;
    },
    async add(sessionId, endsAt, now) {
      const revoked = { session: sessionId, ends_at: endsAt };
      await queries.insertInto('revoked').values(revoked).onConflict((conflict) => conflict.doNothing()).execute();
      await queries.deleteFrom('revoked').where('ends_at', '<', now).execute();
    },
    close,
  };
}
