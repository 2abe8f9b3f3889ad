/** One schema as the engine keeps it up to date: a commit is one transaction, and compares before it swaps. */
import type { Pool, PoolClient } from 'pg';
import {
  CheckpointMovedError,
  type Checkpoint,
  type Contents,
  type Generation,
  type Quarantined,
  type Writes,
} from '../generations.js';
import type { Mark } from '../known-at.js';
import type { TableLayout } from '../model-set.js';
import type { Tuple } from '../rows.js';
import type { Versions } from '../versions.js';
import { inTransaction } from './connect.js';
import { netChanges } from './net-changes.js';
import { RowStatements, type Queries } from './row-statements.js';
import { inSchema } from './schema.js';

export class PostgresGeneration implements Generation {
  private readonly statements = new Map<TableLayout, RowStatements>();

  constructor(
    private readonly pool: Pool,
    private readonly schema: string,
  ) {}

  contents(): Promise<Contents> {
    return contentsIn(this.pool, this.schema);
  }

  checkpoint(): Promise<Checkpoint> {
    return checkpointIn(this.pool, this.schema);
  }

  async streamsOf(subject: string): Promise<readonly string[]> {
    const rows = await this.all<{ stream: string }>(
      `SELECT stream FROM ${this.table('subject_stream')} WHERE subject = $1 ORDER BY stream`, [subject],
    );
    return rows.map(({ stream }) => stream);
  }

  async quarantined(): Promise<readonly Quarantined[]> {
    const rows = await this.all<{
      subject: string; read_model: string; event_id: string; ordinal: number; error: string; since: string; keys: string;
    }>(`SELECT * FROM ${this.table('quarantine')} ORDER BY subject, read_model`);
    return rows.map(({ subject, read_model: readModel, event_id: eventId, ordinal, error, since, keys }) => ({
      subject, readModel, failure: { eventId, ordinal, error, since }, keys: JSON.parse(keys) as Quarantined['keys'],
    }));
  }

  async incomplete(): Promise<number> {
    const [row] = await this.all<{ n: number }>(`SELECT count(DISTINCT subject) AS n FROM ${this.table('quarantine')}`);
    return row!.n;
  }

  async saveStopped(reason: string | undefined): Promise<void> {
    await this.pool.query(`UPDATE ${this.table('checkpoint')} SET stopped = $1`, [reason ?? null]);
  }

  commit(from: Checkpoint, writes: Writes): Promise<void> {
    return inTransaction(this.pool, async (client) => {
      await this.moveCheckpoint(client, from, writes.checkpoint ?? from);
      await saveEngineRows(client, this.schema, writes);
      const byTable = Map.groupBy(writes.changes ?? [], ({ table }) => table);
      for (const [table, changes] of byTable) {
        const { archived, past, removed, replaced, inserted } = netChanges(table, changes);
        const statements = this.of(table);
        await statements.archive(client, archived);
        await statements.insertPast(client, past);
        await statements.remove(client, removed);
        await statements.replace(client, replaced);
        await statements.insert(client, inserted);
      }
      for (const { table, keys } of writes.erased ?? []) {
        await this.of(table).remove(client, keys);
        if (table.bitemporal) await this.of(table).removePast(client, keys);
      }
      for (const versions of writes.versions ?? []) {
        await this.of(versions.table).insert(client, openRows(versions));
        await this.of(versions.table).insertPast(client, pastRows(versions));
      }
    });
  }

  /** The pool is that of all generations. */
  async close(): Promise<void> {}

  /** First, so that it holds the row: another projector waits here, then finds that the checkpoint has moved. */
  private async moveCheckpoint(client: PoolClient, from: Checkpoint, to: Checkpoint): Promise<void> {
    const { rowCount } = await client.query(
      `UPDATE ${this.table('checkpoint')}
       SET position = $1, ordinal = $2, known_at = $3, stopped = CASE WHEN ordinal = $2 THEN stopped END WHERE ordinal = $4`,
      [to.position ?? null, to.ordinal, to.knownAt ?? null, from.ordinal],
    );
    if (rowCount === 0) throw new CheckpointMovedError(from.ordinal);
  }

  private async all<T extends object>(sql: string, params: unknown[] = []): Promise<readonly T[]> {
    return (await this.pool.query<T>(sql, params)).rows;
  }

  private table(name: string): string {
    return inSchema(this.schema, name);
  }

  private of(table: TableLayout): RowStatements {
    let statements = this.statements.get(table);
    if (!statements) this.statements.set(table, (statements = new RowStatements(this.schema, table)));
    return statements;
  }
}

export async function contentsIn(on: Queries, schema: string): Promise<Contents> {
  const { rows: [row] } = await on.query<{ id: string; models: string }>(`SELECT id, models FROM ${inSchema(schema, 'generation')}`);
  if (!row) throw new Error('a generation without contents');
  return { id: row.id, models: JSON.parse(row.models) as Contents['models'] };
}

export async function checkpointIn(on: Queries, schema: string): Promise<Checkpoint> {
  const { rows: [row] } = await on.query<{ position: string | null; ordinal: number; known_at: string | null }>(
    `SELECT position, ordinal, known_at FROM ${inSchema(schema, 'checkpoint')}`,
  );
  if (!row) throw new Error('a generation without checkpoint');
  return { position: row.position ?? undefined, ordinal: row.ordinal, knownAt: row.known_at ?? undefined };
}

export const openRows = ({ table, open }: Versions): readonly Tuple[] =>
  open.map(({ tuple, from }) => (table.bitemporal ? [...tuple, from] : tuple));

export const pastRows = ({ past }: Versions): readonly Tuple[] => past.map(({ tuple, from, to }) => [...tuple, from, to]);

/** Rows of the engine's own tables, the checkpoint excepted. */
export async function saveEngineRows(
  client: Queries,
  schema: string,
  { streams = [], released = [], quarantined = [], marks = [] }: Pick<Writes, 'streams' | 'released' | 'quarantined' | 'marks'>,
): Promise<void> {
  if (streams.length > 0) {
    await client.query(
      `INSERT INTO ${inSchema(schema, 'subject_stream')} (subject, stream) SELECT * FROM unnest($1::text[], $2::text[])
       ON CONFLICT DO NOTHING`,
      [streams.map(({ subject }) => subject), streams.map(({ stream }) => stream)],
    );
  }
  for (const { subject, readModel } of released) {
    await client.query(`DELETE FROM ${inSchema(schema, 'quarantine')} WHERE subject = $1 AND read_model = $2`, [subject, readModel]);
  }
  for (const { subject, readModel, failure, keys } of quarantined) {
    await client.query(
      `INSERT INTO ${inSchema(schema, 'quarantine')} (subject, read_model, event_id, ordinal, error, since, keys)
       VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT (subject, read_model) DO UPDATE SET event_id = excluded.event_id, ordinal = excluded.ordinal,
         error = excluded.error, since = excluded.since, keys = excluded.keys`,
      [subject, readModel, failure.eventId, failure.ordinal, failure.error, failure.since, JSON.stringify(keys)],
    );
  }
  await saveMarks(client, schema, marks);
}

async function saveMarks(client: Queries, schema: string, marks: readonly Mark[]): Promise<void> {
  if (marks.length === 0) return;
  await client.query(
    `INSERT INTO ${inSchema(schema, 'known_at')} (bucket, ordinal, position, known_at)
     SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[])
     ON CONFLICT (bucket) DO UPDATE SET ordinal = excluded.ordinal, position = excluded.position, known_at = excluded.known_at`,
    [
      marks.map(({ bucket }) => bucket), marks.map(({ ordinal }) => ordinal),
      marks.map(({ position }) => position), marks.map(({ knownAt }) => knownAt),
    ],
  );
}
