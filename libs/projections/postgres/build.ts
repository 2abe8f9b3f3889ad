/** A schema in the making: rows come by one connection or two, indexes come last. */
import type { PoolClient } from 'pg';
import type { Beside, Checkpoint, GenerationBuild, Quarantined } from '../generations.js';
import type { Mark } from '../known-at.js';
import type { ModelSet } from '../model-set.js';
import { createIndexes, quoted } from '../sql.js';
import type { Versions } from '../versions.js';
import { saveEngineRows } from './generation.js';
import type { PostgresPlace } from './place.js';
import { PostgresRows } from './rows-build.js';
import { createTable, engineTables, inSchema } from './schema.js';

export interface PostgresBuildOptions {
  readonly client: PoolClient;
  readonly schema: string;
  readonly set: ModelSet;
  /** By which a second thread reaches what is built; absent where only `client` sees it. */
  readonly place?: PostgresPlace;
  /** What becomes of the connection when the build ends. */
  readonly end: () => void;
}

export class PostgresBuild implements GenerationBuild {
  readonly beside?: Beside;
  private readonly rows: PostgresRows;

  private constructor(private readonly options: PostgresBuildOptions) {
    const { client, schema, place, end } = options;
    this.rows = new PostgresRows(client, schema, end);
    if (place) this.beside = { place: { postgres: place, schema }, absorb: async () => undefined, discard: () => undefined };
  }

  static async create(options: PostgresBuildOptions): Promise<PostgresBuild> {
    const build = new PostgresBuild(options);
    const { client, schema, set } = options;
    try {
      const tables = set.tables.map((table) => createTable(schema, table)).join('\n');
      await client.query(`CREATE SCHEMA ${quoted(schema)}; ${engineTables(schema)} ${tables}`);
      const models = set.readModels.map(({ name, version }) => ({ name, version }));
      await client.query(`INSERT INTO ${inSchema(schema, 'generation')} (id, models) VALUES ($1, $2)`, [set.id, JSON.stringify(models)]);
      await client.query(`INSERT INTO ${inSchema(schema, 'checkpoint')} (one, ordinal) VALUES (1, 0)`);
      return build;
    } catch (error) {
      await build.close();
      throw error;
    }
  }

  addStream(subject: string, stream: string): void {
    this.rows.addStream(subject, stream);
  }

  addVersions(versions: Versions): void {
    this.rows.addVersions(versions);
  }

  addQuarantined(quarantined: Quarantined): void {
    this.rows.addQuarantined(quarantined);
  }

  flush(): Promise<void> {
    return this.rows.flush();
  }

  async complete(marks: readonly Mark[], { position, ordinal, knownAt }: Checkpoint): Promise<void> {
    await this.rows.commit();
    const { client, schema, set } = this.options;
    for (const sql of set.tables.flatMap((table) => createIndexes(table, schema))) await client.query(sql);
    await saveEngineRows(client, schema, { marks });
    await client.query(`UPDATE ${inSchema(schema, 'checkpoint')} SET position = $1, ordinal = $2, known_at = $3`, [
      position ?? null, ordinal, knownAt ?? null,
    ]);
    for (const { name } of set.tables) await client.query(`ANALYZE ${inSchema(schema, name)}`);
  }

  close(): Promise<void> {
    return this.rows.close();
  }
}
