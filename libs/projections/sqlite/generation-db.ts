/** The file of one generation as the projector uses it: rows, checkpoint and the engine's own tables. */
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { Checkpoint, Contents, Quarantined } from '../generations.js';
import type { Mark } from '../known-at.js';
import type { ModelSet } from '../model-set.js';
import { createIndexes, quoted, storedTables } from '../sql.js';
import { createTable, engineTables } from './schema.js';

export class GenerationDb {
  private readonly statements = new Map<string, StatementSync>();

  private constructor(readonly database: DatabaseSync) {}

  /**
   * A new file for a bulk build: nothing is journalled or flushed until it is whole. Locked for this connection, so
   * `finishBuild` and `close` before anyone else opens it.
   */
  static create(path: string, set: ModelSet): GenerationDb {
    const database = new DatabaseSync(path);
    database.exec(
      'PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -8000',
    );
    database.exec(engineTables);
    set.tables.forEach((table) => database.exec(createTable(table)));
    const models = set.readModels.map(({ name, version }) => ({ name, version }));
    database.prepare('INSERT INTO generation (id, models) VALUES (?, ?)').run(set.id, JSON.stringify(models));
    database.prepare('INSERT INTO checkpoint (one, ordinal) VALUES (1, 0)').run();
    return new GenerationDb(database);
  }

  /** A finished file, to be kept up to date. */
  static open(path: string): GenerationDb {
    const database = new DatabaseSync(path, { timeout: 5_000 });
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -16000');
    return new GenerationDb(database);
  }

  buildIndexes(set: ModelSet): void {
    // Rows are written one after the other; sorting them for an index is what needs room.
    this.database.exec('PRAGMA cache_size = -32000');
    set.tables.flatMap((table) => createIndexes(table)).forEach((sql) => this.database.exec(sql));
    this.database.exec('PRAGMA analysis_limit = 1000; ANALYZE');
  }

  /** Takes over all rows of another file of the same set, in one sweep: nothing of it is here yet. */
  absorb(path: string, set: ModelSet): void {
    this.database.exec('COMMIT');
    attach(this.database, path, 'other');
    for (const name of ['subject_stream', 'quarantine', ...set.tables.flatMap(storedTables)]) {
      this.database.exec(`INSERT INTO main.${quoted(name)} SELECT * FROM other.${quoted(name)}`);
    }
    this.database.exec('DETACH DATABASE other; BEGIN');
  }

  statement(sql: string): StatementSync {
    let statement = this.statements.get(sql);
    if (!statement) this.statements.set(sql, (statement = this.database.prepare(sql)));
    return statement;
  }

  /** All of `work` or nothing. */
  transaction<T>(work: () => T): T {
    this.database.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.database.exec('COMMIT');
      return result;
    } catch (error) {
      if (this.database.isTransaction) this.database.exec('ROLLBACK');
      throw error;
    }
  }

  contents(): Contents {
    return contentsOf(this.database);
  }

  checkpoint(): Checkpoint {
    return checkpointOf(this.database);
  }

  saveCheckpoint({ position, ordinal, knownAt }: Checkpoint): void {
    this.statement('UPDATE checkpoint SET position = ?, ordinal = ?, known_at = ?, stopped = NULL')
      .run(position ?? null, ordinal, knownAt ?? null);
  }

  /** Kept in the file, so that every reader of it says the same. */
  saveStopped(reason: string | undefined): void {
    this.statement('UPDATE checkpoint SET stopped = ?').run(reason ?? null);
  }

  saveMarks(marks: readonly Mark[]): void {
    const save = this.statement('INSERT OR REPLACE INTO known_at (bucket, ordinal, position, known_at) VALUES (?, ?, ?, ?)');
    for (const mark of marks) save.run(mark.bucket, mark.ordinal, mark.position, mark.knownAt);
  }

  streamsOf(subject: string): readonly string[] {
    return this.statement('SELECT stream FROM subject_stream WHERE subject = ?').all(subject).map((row) => row['stream'] as string);
  }

  addStream(subject: string, stream: string): void {
    this.statement('INSERT OR IGNORE INTO subject_stream (subject, stream) VALUES (?, ?)').run(subject, stream);
  }

  quarantine({ subject, readModel, failure, keys }: Quarantined): void {
    this.statement(
      'INSERT OR REPLACE INTO quarantine (subject, read_model, event_id, ordinal, error, since, keys) VALUES (?, ?, ?, ?, ?, ?, ?)',
    ).run(subject, readModel, failure.eventId, failure.ordinal, failure.error, failure.since, JSON.stringify(keys));
  }

  release(subject: string, readModel: string): void {
    this.statement('DELETE FROM quarantine WHERE subject = ? AND read_model = ?').run(subject, readModel);
  }

  quarantined(): readonly Quarantined[] {
    return this.statement('SELECT * FROM quarantine ORDER BY subject, read_model').all().map((row) => ({
      subject: row['subject'] as string,
      readModel: row['read_model'] as string,
      keys: JSON.parse(row['keys'] as string) as Quarantined['keys'],
      failure: {
        eventId: row['event_id'] as string,
        ordinal: row['ordinal'] as number,
        error: row['error'] as string,
        since: row['since'] as string,
      },
    }));
  }

  /** Subjects with a quarantine in any read model. */
  incomplete(): number {
    return this.statement('SELECT count(DISTINCT subject) AS n FROM quarantine').get()!['n'] as number;
  }

  close(): void {
    this.statements.clear();
    this.database.close();
  }
}

export const attach = (database: DatabaseSync, path: string, as: string): void => {
  database.prepare(`ATTACH DATABASE ? AS ${quoted(as)}`).run(path);
};

export function contentsOf(database: DatabaseSync): Contents {
  const row = database.prepare('SELECT id, models FROM generation').get();
  if (!row) throw new Error('a generation without contents');
  return { id: row['id'] as string, models: JSON.parse(row['models'] as string) as Contents['models'] };
}

export function checkpointOf(database: DatabaseSync): Checkpoint {
  const row = database.prepare('SELECT position, ordinal, known_at FROM checkpoint').get();
  if (!row) throw new Error('a generation without checkpoint');
  return {
    position: (row['position'] as string | null) ?? undefined,
    ordinal: row['ordinal'] as number,
    knownAt: (row['known_at'] as string | null) ?? undefined,
  };
}
