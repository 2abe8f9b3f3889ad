/** One file as the engine keeps it up to date. */
import { CheckpointMovedError, type Checkpoint, type Generation, type Writes } from '../generations.js';
import { GenerationDb } from './generation-db.js';
import { RowWriter } from './row-writer.js';

export class SqliteGeneration implements Generation {
  readonly db: GenerationDb;
  private readonly rows: RowWriter;

  constructor(path: string) {
    this.db = GenerationDb.open(path);
    this.rows = new RowWriter(this.db);
  }

  async contents() {
    return this.db.contents();
  }

  async checkpoint() {
    return this.db.checkpoint();
  }

  async streamsOf(subject: string) {
    return this.db.streamsOf(subject);
  }

  async quarantined() {
    return this.db.quarantined();
  }

  async incomplete() {
    return this.db.incomplete();
  }

  async commit(from: Checkpoint, writes: Writes) {
    this.db.transaction(() => this.write(from, writes));
  }

  async saveStopped(reason: string | undefined) {
    this.db.saveStopped(reason);
  }

  async close() {
    this.db.close();
  }

  private write(from: Checkpoint, { streams, released, quarantined, changes, erased, versions, marks, checkpoint }: Writes): void {
    const { db, rows } = this;
    if (db.checkpoint().ordinal !== from.ordinal) throw new CheckpointMovedError(from.ordinal);
    streams?.forEach(({ subject, stream }) => db.addStream(subject, stream));
    released?.forEach(({ subject, readModel }) => db.release(subject, readModel));
    quarantined?.forEach((entry) => db.quarantine(entry));
    if (changes) rows.write(changes);
    erased?.forEach(({ table, keys }) => rows.erase(table, keys));
    versions?.forEach((one) => rows.writeVersions(one));
    if (marks) db.saveMarks(marks);
    if (checkpoint) db.saveCheckpoint(checkpoint);
  }
}
