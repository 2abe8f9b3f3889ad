import type { ExpressionBuilder } from 'kysely';
import type { Place } from '#database';
import type { Instant } from '#kernel';
import { keptOfSessions, type SessionTables } from './session-tables.js';

/** When a member of staff last looked at the worklist, whichever browser they used; shared by all processes. */
export interface Visits {
  /**
   * When the session before this one was last here; undefined where there was none.
   *
   * @param session when it began
   */
  before(staff: string, session: Instant): Promise<Instant | undefined>;
  /** Only a later session moves the mark: within one, and in an older browser window, what is new stays new. */
  note(staff: string, session: Instant, now: Instant): Promise<void>;
  close(): Promise<void>;
}

export async function openVisits(place: Place): Promise<Visits> {
  // What was new is shown once more where the power went: no flush is waited for.
  const { queries, close } = await place.open({ ...keptOfSessions, flushed: false });
  return {
    async before(staff, session) {
      const mark = await queries.selectFrom('visit').selectAll().where('staff', '=', staff).executeTakeFirst();
      return (mark && (session > mark.session ? mark.seen : mark.before)) ?? undefined;
    },
    async note(staff, session, now) {
      await queries
        .insertInto('visit')
        .values({ staff, session, before: null, seen: now })
        .onConflict((conflict) => conflict.column('staff').doUpdateSet((given) => ({
          before: inLaterSession(given, 'visit.seen', 'visit.before'),
          session: inLaterSession(given, 'excluded.session', 'visit.session'),
          seen: given.case().when('excluded.seen', '>', given.ref('visit.seen')).then(given.ref('excluded.seen'))
            .else(given.ref('visit.seen')).end(),
        })))
        .execute();
    },
    close,
  };
}

type Given = ExpressionBuilder<SessionTables & { readonly excluded: SessionTables['visit'] }, 'visit' | 'excluded'>;
type Column = 'visit.seen' | 'visit.before' | 'visit.session' | 'excluded.session';

const inLaterSession = <Then extends Column, Else extends Column>(given: Given, then: Then, otherwise: Else) =>
  given.case().when('excluded.session', '>', given.ref('visit.session')).then(given.ref(then)).else(given.ref(otherwise)).end();
