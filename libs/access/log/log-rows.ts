import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { EventReader } from '#event-store';
import type { RecordedEvent } from '#kernel';

/** Small, because a page is taken in on the thread that serves requests. */
const PAGE = 500;

const CHECKPOINT = `
  create table if not exists checkpoint (
    id integer primary key check (id = 1), position text not null, ordinal integer not null
  ) strict;
`;

/**
 * Rows made out of the access log, in a file of their own. Writing the log pays nothing for them: each question first
 * reads what was logged since the last one (about 25 microseconds an event). Rows and checkpoint go in one transaction.
 * The file can be deleted; the next question builds it again from the whole log.
 */
export class LogRows {
  private readonly db: DatabaseSync;
  private readonly statements = new Map<string, StatementSync>();
  private catchingUp: Promise<void> | undefined;

  /**
   * @param store the access log's
   * @param take writes the rows of one event; the same again for an event that it was given before
   */
  constructor(
    file: string,
    schema: string,
    private readonly store: EventReader,
    private readonly take: (event: RecordedEvent) => void,
  ) {
    mkdirSync(dirname(file), { recursive: true });
    this.db = new DatabaseSync(file, { timeout: 5000 });
    this.db.exec('pragma journal_mode = wal; pragma synchronous = normal;');
    this.db.exec(CHECKPOINT + schema);
  }

  /** Takes in everything that was logged before it was asked. */
  async catchUp(): Promise<void> {
    // A question asked while another catches up waits for that one, and then for what came meanwhile.
    while (this.catchingUp) await this.catchingUp;
    this.catchingUp = this.readOn();
    try {
      await this.catchingUp;
    } finally {
      this.catchingUp = undefined;
    }
  }

  /** Prepared once: that takes longer than most of the statements themselves. */
  statement(sql: string): StatementSync {
    let statement = this.statements.get(sql);
    if (!statement) this.statements.set(sql, (statement = this.db.prepare(sql)));
    return statement;
  }

  close(): void {
    this.db.close();
  }

  private async readOn(): Promise<void> {
    for (;;) {
      const from = this.statement('select position, ordinal from checkpoint').get() as
        { position: string; ordinal: number } | undefined;
      const page = await this.store.readAll({
        limit: PAGE,
        ...(from && { after: from.position, afterOrdinal: from.ordinal }),
      });
      if (page.next && page.next.position !== from?.position) this.write(page.events, page.next);
      if (page.atHead) return;
    }
  }

  private write(events: readonly RecordedEvent[], next: { position: string; ordinal: number }): void {
    this.db.exec('begin immediate');
    try {
      for (const event of events) this.take(event);
      this.statement('insert or replace into checkpoint values (1, ?, ?)').run(next.position, next.ordinal);
      this.db.exec('commit');
    } catch (error) {
      this.db.exec('rollback');
      throw error;
    }
  }
}
