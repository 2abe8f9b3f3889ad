/** A schema in the making: rows are gathered and sent many at a time, indexes come last. */
import type { PoolClient } from 'pg';
import type { Checkpoint, GenerationBuild, Quarantined } from '../generations.js';
import type { Mark } from '../known-at.js';
import type { ModelSet, TableLayout } from '../model-set.js';
import type { Tuple } from '../rows.js';
import { createIndexes, quoted } from '../sql.js';
import type { Versions } from '../versions.js';
import { openRows, pastRows, saveEngineRows } from './generation.js';
import { RowStatements } from './row-statements.js';
import { createTable, engineTables, inSchema } from './schema.js';

interface Gathered {
  readonly statements: RowStatements;
  readonly open: Tuple[];
  readonly past: Tuple[];
}

export class PostgresBuild implements GenerationBuild {
  private readonly rows = new Map<TableLayout, Gathered>();
  private readonly streams: { readonly subject: string; readonly stream: string }[] = [];
  private readonly quarantined: Quarantined[] = [];
  private writing: Promise<void> = Promise.resolve();

  private constructor(
    private readonly client: PoolClient,
    private readonly schema: string,
    private readonly set: ModelSet,
    private readonly end: () => void,
  ) {}

  /** @param end what becomes of the connection when the build ends */
  static async create(client: PoolClient, schema: string, set: ModelSet, end: () => void): Promise<PostgresBuild> {
    const build = new PostgresBuild(client, schema, set, end);
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
    this.streams.push({ subject, stream });
  }

  addVersions(versions: Versions): void {
    const { open, past } = this.of(versions.table);
    open.push(...openRows(versions));
    past.push(...pastRows(versions));
  }

  addQuarantined(quarantined: Quarantined): void {
    this.quarantined.push(quarantined);
  }

  /** Those are written while the next are gathered: what a flush fails with is told at the next, or as it is completed. */
  async flush(): Promise<void> {
    await this.writing;
    this.writing = this.write();
    this.writing.catch(() => undefined);
  }

  async complete(marks: readonly Mark[], { position, ordinal, knownAt }: Checkpoint): Promise<void> {
    await this.flush();
    await this.writing;
    const { client, schema } = this;
    for (const sql of this.set.tables.flatMap((table) => createIndexes(table, schema))) await client.query(sql);
    await saveEngineRows(client, schema, { marks });
    await client.query(`UPDATE ${inSchema(schema, 'checkpoint')} SET position = $1, ordinal = $2, known_at = $3`, [
      position ?? null, ordinal, knownAt ?? null,
    ]);
    for (const { name } of this.set.tables) await client.query(`ANALYZE ${inSchema(schema, name)}`);
  }

  async close(): Promise<void> {
    // Whoever has the connection next must not find our statements among its own.
    await this.writing.catch(() => undefined);
    this.end();
  }

  /** What has been gathered until now. */
  private async write(): Promise<void> {
    const gathered = [...this.rows.values()].map(({ statements, open, past }) => ({ statements, open: open.splice(0), past: past.splice(0) }));
    const engineRows = { streams: this.streams.splice(0), quarantined: this.quarantined.splice(0) };
    for (const { statements, open, past } of gathered) {
      await statements.insert(this.client, open);
      await statements.insertPast(this.client, past);
    }
    await saveEngineRows(this.client, this.schema, engineRows);
  }

  private of(table: TableLayout): Gathered {
    let gathered = this.rows.get(table);
    if (!gathered) this.rows.set(table, (gathered = { statements: new RowStatements(this.schema, table), open: [], past: [] }));
    return gathered;
  }
}
