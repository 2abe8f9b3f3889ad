import { randomUUID } from 'node:crypto';
import { Opening, type Kept, type Place } from '#database';

export interface LeaseOptions {
  /** Who shares it keeps apart by the lease. */
  readonly place: Place;
  readonly name: string;
  /** It expires that many milliseconds after it was last renewed: so long does a standby wait for one that was killed. */
  readonly ttl?: number;
  /** Milliseconds; the real time, for all who share the place, whose clocks are a second apart at most (readiness). */
  readonly now?: () => number;
}

const TTL = 10_000;

interface LeaseTables {
  readonly lease: { readonly name: string; readonly holder: string; readonly until: number };
}

/** `lease.db`. Files from before it had a format hold the table already. */
export const keptOfLeases: Kept<LeaseTables> = {
  name: 'lease',
  migrations: [
    ({ text, whole, keyed }) => [
      `create table if not exists lease (name ${text} primary key, holder ${text} not null, until ${whole} not null) ${keyed}`,
    ],
  ],
  flushed: false,
};

/**
 * Of several that would do the same work, one at a time. It saves work and double traffic; that nothing happens twice
 * does not rest on it (ADR 0008): one that loses it in the middle of a step may finish that step.
 */
export class Lease {
  readonly ttl: number;
  readonly holder = randomUUID();
  private readonly opening: Opening<LeaseTables>;
  private readonly name: string;
  private readonly now: () => number;
  private heldUntil = -Infinity;

  constructor({ place, name, ttl = TTL, now = Date.now }: LeaseOptions) {
    this.ttl = ttl;
    this.name = name;
    this.now = now;
    this.opening = new Opening(place, keptOfLeases);
  }

  /** Takes it where it is free or has expired, renews it in good time, and says whether it is ours. */
  async hold(): Promise<boolean> {
    const now = this.now();
    if (now < this.heldUntil - (this.ttl * 2) / 3) return true;
    try {
      this.heldUntil = (await this.take(now)) ? now + this.ttl : -Infinity;
    } catch (error) {
      // Where nobody can be asked, nobody else can take it either: it is ours until it expires.
      if (this.heldUntil === -Infinity) throw error;
    }
    return this.now() < this.heldUntil;
  }

  /**
   * Renews it for as long as `work` takes, for who holds it.
   * @param work hears by the signal that another may have it now
   */
  async during<T>(work: (lost: AbortSignal) => Promise<T>): Promise<T> {
    const losing = new AbortController();
    const renewed = () => this.hold().then((ours) => ours || losing.abort(), () => losing.abort());
    const renewal = setInterval(() => void renewed(), this.ttl / 3);
    try {
      return await work(losing.signal);
    } finally {
      clearInterval(renewal);
    }
  }

  /** Leaves it to the next at once. */
  async release(): Promise<void> {
    this.heldUntil = -Infinity;
    try {
      const { queries } = await this.opening.database();
      await queries.deleteFrom('lease').where('name', '=', this.name).where('holder', '=', this.holder).execute();
    } finally {
      await this.opening.close();
    }
  }

  private async take(now: number): Promise<boolean> {
    const { queries } = await this.opening.database();
    const { numInsertedOrUpdatedRows } = await queries
      .insertInto('lease')
      .values({ name: this.name, holder: this.holder, until: now + this.ttl })
      .onConflict((conflict) =>
        conflict
          .column('name')
          .doUpdateSet(({ ref }) => ({ holder: ref('excluded.holder'), until: ref('excluded.until') }))
          .where(({ or, eb, ref }) =>
            or([
              eb('lease.holder', '=', ref('excluded.holder')),
              eb('lease.until', '<=', now),
              // A moment further away than any renewal comes from before the clock was set back. Not by little: clocks are
              // not quite equal, and whoever waited for a connection asks with the time at which it began to.
              eb('lease.until', '>', now + 2 * this.ttl),
            ]),
          ),
      )
      .executeTakeFirstOrThrow();
    return numInsertedOrUpdatedRows === 1n;
  }
}
