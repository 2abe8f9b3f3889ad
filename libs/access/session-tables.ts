import type { Kept } from '#database';

export interface SessionTables {
  readonly revoked: { readonly session: string; readonly ends_at: string };
  readonly visit: { readonly staff: string; readonly session: string; readonly before: string | null; readonly seen: string };
}

/** `sessions.db`. Files from before it had a format hold these tables already. */
export const keptOfSessions: Kept<SessionTables> = {
  name: 'sessions',
  copied: [{ table: 'revoked', by: ['session'] }, { table: 'visit', by: ['staff'] }],
  migrations: [
    ({ text, keyed }) => [
      `create table if not exists revoked (session ${text} primary key, ends_at ${text} not null) ${keyed}`,
      `create table if not exists visit (
        staff ${text} primary key, session ${text} not null, before ${text}, seen ${text} not null
      ) ${keyed}`,
    ],
  ],
};
