import { sql, type Updateable } from 'kysely';
import { Opening, type Place, type Queries } from '#database';
import { keptOfBox, type BoxTables, type MessageState } from './box-tables.js';

/** Something to be told to one receiver. */
export interface Message {
  readonly seq: number;
  readonly subscription: string;
  /** Of the event: the receiver's idempotency key. */
  readonly eventId: string;
  readonly type: string;
  readonly body: string;
  readonly attempts: number;
}

export interface NewMessage {
  readonly eventId: string;
  readonly type: string;
  readonly body: string;
  readonly notSent: string | undefined;
}

export interface Checkpoint {
  readonly position: string;
  readonly ordinal: number;
}

export interface Undelivered {
  readonly subscription: string;
  readonly eventId: string;
  readonly type: string;
  readonly state: MessageState;
  readonly attempts: number;
  readonly reason: string | null;
}

export interface OutboxSummary {
  readonly counts: Readonly<Record<MessageState, number>>;
  /** What has not been delivered, those that were given up first; a page of it. */
  readonly undelivered: readonly Undelivered[];
}

const SHOWN = 50;
/** Rows of one statement. */
const AT_ONCE = 500;
/** Messages that were only shown are kept this far back, for each subscription. */
const NOT_SENT_KEPT = 100;
const DELIVERED_KEPT = 30 * 24 * 3_600_000;

/**
 * What is to be told, and how far the log was read for it, in one transaction. Times are real, in milliseconds. A commit
 * that a power cut takes back is only read or sent again, under the same key: no flush is waited for.
 */
export class Box {
  private readonly opening: Opening<BoxTables>;

  constructor(place: Place) {
    this.opening = new Opening(place, keptOfBox);
  }

  async checkpoint(subscription: string): Promise<Partial<Checkpoint> | undefined> {
    const queries = await this.queries();
    const row = await queries.selectFrom('follower').selectAll().where('subscription', '=', subscription).executeTakeFirst();
    return row && { ...(row.position !== null && { position: row.position }), ordinal: row.ordinal };
  }

  /** Where a new subscription begins: with what happens from now on. */
  async begin(subscription: string, { position, ordinal = 0 }: Partial<Checkpoint>): Promise<void> {
    const queries = await this.queries();
    const follower = { subscription, position: position ?? null, ordinal };
    await queries.insertInto('follower').values(follower).onConflict((conflict) => conflict.doNothing()).execute();
  }

  /** Both or neither. */
  async take(subscription: string, messages: readonly NewMessage[], { position, ordinal }: Checkpoint): Promise<void> {
    await this.alone(async (queries) => {
      const rows = messages.map(({ eventId, type, body, notSent }) => ({
        subscription,
        event_id: eventId,
        type,
        body,
        state: notSent === undefined ? 'pending' as const : 'notSent' as const,
        reason: notSent ?? null,
      }));
      for (let from = 0; from < rows.length; from += AT_ONCE) {
        const part = rows.slice(from, from + AT_ONCE);
        await queries.insertInto('message').values(part).onConflict((conflict) => conflict.doNothing()).execute();
      }
      if (rows.some(({ state }) => state === 'notSent')) await forgetNotSent(queries, subscription);
      await queries.updateTable('follower').set({ position, ordinal }).where('subscription', '=', subscription).execute();
    });
  }

  /** The first that is due. */
  async next(subscription: string, now: number): Promise<Message | undefined> {
    return (await this.waiting(subscription))
      .select(['seq', 'subscription', 'event_id as eventId', 'type', 'body', 'attempts'])
      .where('due', '<=', now)
      .orderBy('seq')
      .limit(1)
      .executeTakeFirst();
  }

  /** When the next attempt is due; undefined where nothing waits. */
  async nextDue(subscription: string): Promise<number | undefined> {
    const first = (await this.waiting(subscription)).select('due').orderBy('due').limit(1);
    return (await first.executeTakeFirst())?.due;
  }

  async delivered({ seq }: Message, at: number): Promise<void> {
    await this.settle(seq, { state: 'delivered', settled_at: at, reason: null });
  }

  /** @param due of the next attempt; undefined where that was the last */
  async failed({ seq }: Message, reason: string, due: number | undefined, at: number): Promise<void> {
    await this.settle(seq, {
      state: due === undefined ? 'dead' : 'pending',
      reason,
      due: due ?? 0,
      settled_at: due === undefined ? at : null,
    });
  }

  /** The receiver answers again: what waits need not wait longer. */
  async dueNow(subscription: string): Promise<void> {
    const queries = await this.queries();
    await queries.updateTable('message').set({ due: 0 }).where('subscription', '=', subscription).where('state', '=', 'pending').execute();
  }

  /** What was given up gets all its attempts again, and what was delivered long ago is forgotten. */
  async startAgain(now: number): Promise<void> {
    await this.alone(async (queries) => {
      await queries
        .updateTable('message')
        .set({ state: 'pending', attempts: 0, due: 0, settled_at: null })
        .where('state', '=', 'dead')
        .execute();
      await queries.deleteFrom('message').where('state', '=', 'delivered').where('settled_at', '<', now - DELIVERED_KEPT).execute();
    });
  }

  async summary(): Promise<OutboxSummary> {
    const queries = await this.queries();
    const rows = await queries
      .selectFrom('message')
      .select(({ fn }) => ['state', fn.countAll<number>().as('n')])
      .groupBy('state')
      .execute();
    const undelivered = await queries
      .selectFrom('message')
      .select(['subscription', 'event_id as eventId', 'type', 'state', 'attempts', 'reason'])
      .where('state', '<>', 'delivered')
      .orderBy(sql`state = 'dead'`, 'desc')
      .orderBy(sql`state = 'pending'`, 'desc')
      .orderBy('seq', 'desc')
      .limit(SHOWN)
      .execute();
    const counts = { pending: 0, delivered: 0, dead: 0, notSent: 0, ...Object.fromEntries(rows.map(({ state, n }) => [state, n])) };
    return { counts, undelivered };
  }

  close(): Promise<void> {
    return this.opening.close();
  }

  private async settle(seq: number, change: Updateable<BoxTables['message']>): Promise<void> {
    const queries = await this.queries();
    const attempts = sql<number>`attempts + 1`;
    await queries.updateTable('message').set({ ...change, attempts }).where('seq', '=', seq).execute();
  }

  private async waiting(subscription: string) {
    const queries = await this.queries();
    return queries.selectFrom('message').where('subscription', '=', subscription).where('state', '=', 'pending');
  }

  private async queries(): Promise<Queries<BoxTables>> {
    return (await this.opening.database()).queries;
  }

  private async alone(work: (queries: Queries<BoxTables>) => Promise<void>): Promise<void> {
    await (await this.opening.database()).alone(work);
  }
}

async function forgetNotSent(queries: Queries<BoxTables>, subscription: string): Promise<void> {
  const shown = queries.selectFrom('message').select('seq').where('subscription', '=', subscription).where('state', '=', 'notSent');
  await queries
    .deleteFrom('message')
    .where('subscription', '=', subscription)
    .where('state', '=', 'notSent')
    .where('seq', '<=', shown.orderBy('seq', 'desc').limit(1).offset(NOT_SENT_KEPT))
    .execute();
}

/** For those who only look, such as `throughcare doctor`. */
export async function outboxSummary(place: Place): Promise<OutboxSummary> {
  const box = new Box(place);
  try {
    return await box.summary();
  } finally {
    await box.close();
  }
}
