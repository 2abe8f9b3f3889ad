import { DatabaseSync } from 'node:sqlite';

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

/** `dead`: given up after the last attempt. `notSent`: only shown. */
export type MessageState = 'pending' | 'delivered' | 'dead' | 'notSent';

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
/** Messages that were only shown are kept this far back, for each subscription. */
const NOT_SENT_KEPT = 100;
const DELIVERED_KEPT = 30 * 24 * 3_600_000;

const schema = `
  create table if not exists follower (subscription text primary key, position text, ordinal integer not null)
    strict, without rowid;
  create table if not exists message (
    seq integer primary key, subscription text not null, event_id text not null, type text not null, body text not null,
    state text not null, attempts integer not null default 0, due integer not null default 0, reason text,
    settled_at integer, unique (subscription, event_id)
  ) strict;
  create index if not exists message_due on message (subscription, state, seq);`;

/**
 * `outbox.db`: what is to be told, and how far the log was read for it, in one transaction. Times are real, in
 * milliseconds. A commit that a power cut takes back is only read or sent again, under the same key: no flush is
 * waited for.
 */
export class Box {
  private readonly db: DatabaseSync;

  constructor(file: string) {
    this.db = new DatabaseSync(file, { timeout: 5000 });
    this.db.exec('pragma journal_mode = wal; pragma synchronous = normal;');
    this.db.exec(schema);
  }

  checkpoint(subscription: string): Partial<Checkpoint> | undefined {
    const row = this.db.prepare('select position, ordinal from follower where subscription = ?').get(subscription);
    return (
      row && {
        ...(row['position'] !== null && { position: row['position'] as string }),
        ordinal: row['ordinal'] as number,
      }
    );
  }

  /** Where a new subscription begins: with what happens from now on. */
  begin(subscription: string, { position, ordinal = 0 }: Partial<Checkpoint>): void {
    this.db
      .prepare('insert into follower (subscription, position, ordinal) values (?, ?, ?) on conflict do nothing')
      .run(subscription, position ?? null, ordinal);
  }

  /** Both or neither. */
  take(subscription: string, messages: readonly NewMessage[], { position, ordinal }: Checkpoint): void {
    const insert = this.db.prepare(
      `insert into message (subscription, event_id, type, body, state, reason) values (?, ?, ?, ?, ?, ?)
       on conflict (subscription, event_id) do nothing`,
    );
    this.transaction(() => {
      for (const { eventId, type, body, notSent } of messages)
        insert.run(subscription, eventId, type, body, notSent === undefined ? 'pending' : 'notSent', notSent ?? null);
      if (messages.some(({ notSent }) => notSent !== undefined)) this.forgetNotSent(subscription);
      this.db
        .prepare('update follower set position = ?, ordinal = ? where subscription = ?')
        .run(position, ordinal, subscription);
    });
  }

  /** The first that is due. */
  next(subscription: string, now: number): Message | undefined {
    return this.db
      .prepare(
        `select seq, subscription, event_id as eventId, type, body, attempts from message
         where subscription = ? and state = 'pending' and due <= ? order by seq limit 1`,
      )
      .get(subscription, now) as unknown as Message | undefined;
  }

  /** When the next attempt is due; undefined where nothing waits. */
  nextDue(subscription: string): number | undefined {
    const row = this.db
      .prepare("select min(due) as due from message where subscription = ? and state = 'pending'")
      .get(subscription);
    return (row?.['due'] as number | null) ?? undefined;
  }

  delivered({ seq }: Message, at: number): void {
    this.db
      .prepare(
        "update message set state = 'delivered', attempts = attempts + 1, settled_at = ?, reason = null where seq = ?",
      )
      .run(at, seq);
  }

  /** @param due of the next attempt; undefined where that was the last */
  failed({ seq }: Message, reason: string, due: number | undefined, at: number): void {
    const state: MessageState = due === undefined ? 'dead' : 'pending';
    this.db
      .prepare(
        'update message set state = ?, attempts = attempts + 1, reason = ?, due = ?, settled_at = ? where seq = ?',
      )
      .run(state, reason, due ?? 0, due === undefined ? at : null, seq);
  }

  /** The receiver answers again: what waits need not wait longer. */
  dueNow(subscription: string): void {
    this.db.prepare("update message set due = 0 where subscription = ? and state = 'pending'").run(subscription);
  }

  /** What was given up gets all its attempts again, and what was delivered long ago is forgotten. */
  startAgain(now: number): void {
    this.transaction(() => {
      this.db.exec(
        "update message set state = 'pending', attempts = 0, due = 0, settled_at = null where state = 'dead'",
      );
      this.db.prepare("delete from message where state = 'delivered' and settled_at < ?").run(now - DELIVERED_KEPT);
    });
  }

  summary(): OutboxSummary {
    return summaryOf(this.db);
  }

  close(): void {
    this.db.close();
  }

  private forgetNotSent(subscription: string): void {
    this.db
      .prepare(
        `delete from message where subscription = :subscription and state = 'notSent' and seq <= (
           select seq from message where subscription = :subscription and state = 'notSent'
           order by seq desc limit 1 offset ${NOT_SENT_KEPT})`,
      )
      .run({ subscription });
  }

  private transaction(work: () => void): void {
    this.db.exec('begin immediate');
    try {
      work();
      this.db.exec('commit');
    } catch (error) {
      this.db.exec('rollback');
      throw error;
    }
  }
}

function summaryOf(db: DatabaseSync): OutboxSummary {
  const rows = db.prepare('select state, count(*) as n from message group by state').all();
  const counts = { pending: 0, delivered: 0, dead: 0, notSent: 0 };
  for (const { state, n } of rows) counts[state as MessageState] = n as number;
  const undelivered = db
    .prepare(
      `select subscription, event_id as eventId, type, state, attempts, reason from message where state <> 'delivered'
       order by state = 'dead' desc, state = 'pending' desc, seq desc limit ${SHOWN}`,
    )
    .all() as unknown as readonly Undelivered[];
  return { counts, undelivered };
}

/** For those who only look, such as `throughcare doctor`. */
export function outboxSummary(file: string): OutboxSummary {
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    return summaryOf(db);
  } finally {
    db.close();
  }
}
