import { randomUUID } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';

export interface LeaseOptions {
  /** `lease.db` of the data directory: who shares it keeps apart by it. */
  readonly file: string;
  readonly name: string;
  /** It expires that many milliseconds after it was last renewed: so long does a standby wait for one that was killed. */
  readonly ttl?: number;
  /** Milliseconds; the real time, for all who share the file. */
  readonly now?: () => number;
}

const TTL = 10_000;

/**
 * Of several that would do the same work, one at a time. It saves work and double traffic; that nothing happens twice
 * does not rest on it (ADR 0008): one that loses it in the middle of a step may finish that step.
 */
export class Lease {
  readonly ttl: number;
  readonly holder = randomUUID();
  private readonly db: DatabaseSync;
  private readonly name: string;
  private readonly now: () => number;
  private heldUntil = -Infinity;

  constructor({ file, name, ttl = TTL, now = Date.now }: LeaseOptions) {
    this.ttl = ttl;
    this.name = name;
    this.now = now;
    this.db = new DatabaseSync(file, { timeout: 1000 });
    this.db.exec('pragma journal_mode = wal; pragma synchronous = normal;');
    this.db.exec(
      'create table if not exists lease (name text primary key, holder text not null, until integer not null) strict, without rowid',
    );
  }

  /** Takes it where it is free or has expired, renews it in good time, and says whether it is ours. */
  hold(): boolean {
    const now = this.now();
    if (now < this.heldUntil - (this.ttl * 2) / 3) return true;
    // A moment further away than any renewal comes from before the clock was set back.
    const { changes } = this.db
      .prepare(
        `insert into lease (name, holder, until) values (:name, :holder, :until)
         on conflict (name) do update set holder = excluded.holder, until = excluded.until
         where holder = excluded.holder or until <= :now or until > :until`,
      )
      .run({ name: this.name, holder: this.holder, until: now + this.ttl, now });
    this.heldUntil = changes === 1 ? now + this.ttl : -Infinity;
    return changes === 1;
  }

  /** Leaves it to the next at once. */
  release(): void {
    this.heldUntil = -Infinity;
    this.db.prepare('delete from lease where name = ? and holder = ?').run(this.name, this.holder);
    this.db.close();
  }
}
