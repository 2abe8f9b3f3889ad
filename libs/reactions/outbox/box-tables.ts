import type { Generated } from 'kysely';
import type { Kept } from '#database';

/** `dead`: given up after the last attempt. `notSent`: only shown. */
export type MessageState = 'pending' | 'delivered' | 'dead' | 'notSent';

export interface BoxTables {
  /** How far the log was read for each receiver. */
  readonly follower: { readonly subscription: string; readonly position: string | null; readonly ordinal: number };
  readonly message: {
    readonly seq: Generated<number>;
    readonly subscription: string;
    readonly event_id: string;
    readonly type: string;
    readonly body: string;
    readonly state: MessageState;
    readonly attempts: Generated<number>;
    /** Real milliseconds. */
    readonly due: Generated<number>;
    readonly reason: string | null;
    readonly settled_at: number | null;
  };
}

/** `outbox.db`. Files from before it had a format hold these tables already. */
export const keptOfBox: Kept<BoxTables> = {
  name: 'outbox',
  copied: [{ table: 'follower', by: ['subscription'] }, { table: 'message', by: ['seq'], numbered: 'seq' }],
  migrations: [
    ({ text, whole, counted, keyed, plain }) => [
      `create table if not exists follower (subscription ${text} primary key, position ${text}, ordinal ${whole} not null) ${keyed}`,
      `create table if not exists message (
        seq ${counted}, subscription ${text} not null, event_id ${text} not null, type ${text} not null,
        body ${text} not null, state ${text} not null, attempts ${whole} not null default 0,
        due ${whole} not null default 0, reason ${text}, settled_at ${whole}, unique (subscription, event_id)
      ) ${plain}`,
      'create index if not exists message_due on message (subscription, state, seq)',
    ],
  ],
  flushed: false,
};
