/** A file in the making: rows are written as they come, nothing is journalled or flushed until it is whole. */
import type { Beside, BesideBuild, Checkpoint, GenerationBuild, Quarantined } from '../generations.js';
import type { Mark } from '../known-at.js';
import type { ModelSet } from '../model-set.js';
import type { Versions } from '../versions.js';
import { removeDatabase } from './files.js';
import { GenerationDb } from './generation-db.js';
import { RowWriter } from './row-writer.js';

export class SqliteBuild implements GenerationBuild, BesideBuild {
  private readonly db: GenerationDb;
  private readonly rows: RowWriter;
  readonly beside: Beside;

  constructor(
    path: string,
    private readonly set: ModelSet,
  ) {
    this.db = GenerationDb.create(path, set);
    this.rows = new RowWriter(this.db);
    const file = `${path}.helper`;
    this.beside = { place: { file }, absorb: async () => this.db.absorb(file, set), discard: () => removeDatabase(file) };
    this.db.database.exec('BEGIN');
  }

  addStream(subject: string, stream: string): void {
    this.db.addStream(subject, stream);
  }

  addVersions(versions: Versions): void {
    this.rows.writeVersions(versions);
  }

  addQuarantined(quarantined: Quarantined): void {
    this.db.quarantine(quarantined);
  }

  async flush() {}

  /** All that a second thread wrote; whoever absorbs it makes the indexes. */
  async commit() {
    this.db.database.exec('COMMIT');
  }

  async complete(marks: readonly Mark[], checkpoint: Checkpoint) {
    this.db.buildIndexes(this.set);
    this.db.saveMarks(marks);
    this.db.saveCheckpoint(checkpoint);
    await this.commit();
  }

  async close() {
    this.db.close();
  }
}
