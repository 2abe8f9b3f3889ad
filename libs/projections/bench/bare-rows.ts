/** The rows of a generation in PostgreSQL, written once more by its client alone: what a rebuild writes, and nothing else. */
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import type { Client } from 'pg';
import { from, to } from 'pg-copy-streams';
import { onItsOwn, withoutWaiting } from '../postgres/connect.js';
import { spaceOf, type PostgresPlace } from '../postgres/place.js';
import { dropSchema, inSchema } from '../postgres/schema.js';
import { quoted } from '../sql.js';

const BARE = 'bench_rows';

interface TableRows {
  readonly table: string;
  /** COPY's own text. */
  readonly chunks: readonly Buffer[];
}

/**
 * Tables, rows out of memory by COPY, indexes and statistics, over one connection, of what is served there. It is taken
 * away again.
 * @returns how many events are in those rows, and the seconds
 */
export const measureBareRows = (place: PostgresPlace): Promise<{ readonly events: number; readonly seconds: number }> =>
  onItsOwn(place, async (client) => {
    await withoutWaiting(client);
    const schema = await servedSchema(client, spaceOf(place));
    const tables = await rowsOf(client, schema);
    const indexes = await indexesOf(client, schema);
    await dropSchema(client, BARE);
    const started = performance.now();
    await client.query(`CREATE SCHEMA ${quoted(BARE)}`);
    for (const { table, chunks } of tables) {
      await client.query(`CREATE TABLE ${inSchema(BARE, table)} (LIKE ${inSchema(schema, table)})`);
      await pipeline(Readable.from(chunks), client.query(from(`COPY ${inSchema(BARE, table)} FROM STDIN`)));
    }
    for (const sql of indexes) await client.query(sql);
    for (const { table } of tables) await client.query(`ANALYZE ${inSchema(BARE, table)}`);
    const seconds = (performance.now() - started) / 1000;
    await dropSchema(client, BARE);
    const { rows } = await client.query<{ events: string }>(`SELECT ordinal AS events FROM ${inSchema(schema, 'checkpoint')}`);
    return { events: Number(rows[0]!.events), seconds };
  });

async function servedSchema(client: Client, space: string): Promise<string> {
  const { rows } = await client.query<{ schema: string }>(`SELECT $1 || ':' || name AS schema FROM ${inSchema(space, 'served')}`, [space]);
  if (!rows[0]) throw new Error('nothing is served there yet');
  return rows[0].schema;
}

async function rowsOf(client: Client, schema: string): Promise<readonly TableRows[]> {
  const { rows } = await client.query<{ table: string }>('SELECT tablename AS table FROM pg_tables WHERE schemaname = $1', [schema]);
  const tables: TableRows[] = [];
  for (const { table } of rows) {
    const chunks: Buffer[] = [];
    for await (const chunk of client.query(to(`COPY ${inSchema(schema, table)} TO STDOUT`))) chunks.push(chunk as Buffer);
    tables.push({ table, chunks });
  }
  return tables;
}

async function indexesOf(client: Client, schema: string): Promise<readonly string[]> {
  const { rows } = await client.query<{ sql: string }>('SELECT indexdef AS sql FROM pg_indexes WHERE schemaname = $1', [schema]);
  return rows.map(({ sql }) => sql.replace(`${quoted(schema)}.`, `${quoted(BARE)}.`));
}
