/** A schema in the making: rows come by one connection or two, indexes come last. */
import type { ClientBase, PoolClient } from 'pg';
import type { Beside, Checkpoint, GenerationBuild, Quarantined } from '../generations.js';
import type { Mark } from '../known-at.js';
import type { ModelSet } from '../model-set.js';
import { createIndexes, quoted } from '../sql.js';
import type { Versions } from '../versions.js';
import { onItsOwn, withoutWaiting } from './connect.js';
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
    const { client, schema } = this.options;
    await this.makeIndexes();
    await saveEngineRows(client, schema, { marks });
    await client.query(`UPDATE ${inSchema(schema, 'checkpoint')} SET position = $1, ordinal = $2, known_at = $3`, [
      position ?? null, ordinal, knownAt ?? null,
    ]);
  }

  close(): Promise<void> {
    return this.rows.close();
  }

  /** And what the planner knows of the rows: table after table, over two connections where a second one sees them. */
  private async makeIndexes(): Promise<void> {
    const { client, schema, set, place } = this.options;
    const left = [...set.tables];
    const work = async (on: ClientBase) => {
      for (let table; (table = left.shift()); ) {
        for (const sql of createIndexes(table, schema)) await on.query(sql);
        await on.query(`ANALYZE ${inSchema(schema, table.name)}`);
      }
    };
    const beside = place && onItsOwn(place, async (on) => {
      await withoutWaiting(on);
      await work(on);
    });
    // Where one fails the other does not begin another table, and is waited for: its statements hold the schema.
    const ends = await Promise.allSettled([work(client), beside].map((done) => done?.finally(() => left.splice(0))));
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
  }
}
