/** Every statement that shapes a generation's schema. Names are qualified: connections of a pool share no search path. */
import type { ClientBase, Pool } from 'pg';
import type { ColumnType } from '../definition.js';
import type { TableLayout } from '../model-set.js';
import { pastOf, quoted } from '../sql.js';

/** Text sorts by its bytes, as in SQLite: the same rows then come in the same order, and give the same checksum. */
export const typeNames: Readonly<Record<ColumnType, string>> = {
  text: 'text COLLATE "C"',
  integer: 'bigint',
  real: 'double precision',
};

export const inSchema = (schema: string, name: string): string => `${quoted(schema)}.${quoted(name)}`;

export const dropSchema = async (on: Pick<ClientBase | Pool, 'query'>, schema: string): Promise<void> => {
  await on.query(`DROP SCHEMA IF EXISTS ${quoted(schema)} CASCADE`);
};

export function engineTables(schema: string): string {
  const { text, integer } = typeNames;
  return `
    CREATE TABLE ${inSchema(schema, 'generation')} (id ${text} NOT NULL, models ${text} NOT NULL);
    CREATE TABLE ${inSchema(schema, 'checkpoint')} (
      one ${integer} PRIMARY KEY CHECK (one = 1),
      position ${text},
      ordinal ${integer} NOT NULL,
      known_at ${text},
      stopped ${text}
    );
    CREATE TABLE ${inSchema(schema, 'subject_stream')} (
      subject ${text} NOT NULL, stream ${text} NOT NULL, PRIMARY KEY (subject, stream)
    );
    CREATE TABLE ${inSchema(schema, 'quarantine')} (
      subject ${text} NOT NULL,
      read_model ${text} NOT NULL,
      event_id ${text} NOT NULL,
      ordinal ${integer} NOT NULL,
      error ${text} NOT NULL,
      since ${text} NOT NULL,
      keys ${text} NOT NULL,
      PRIMARY KEY (subject, read_model)
    );
    CREATE TABLE ${inSchema(schema, 'known_at')} (
      bucket ${integer} PRIMARY KEY, ordinal ${integer} NOT NULL, position ${text} NOT NULL, known_at ${text} NOT NULL
    );
  `;
}

export function createTable(schema: string, table: TableLayout): string {
  const columns = table.columns.map((name, i) =>
    `${quoted(name)} ${typeNames[table.types[i]!]}${table.key.includes(i) ? ' NOT NULL' : ''}`,
  );
  const open = [...columns, ...(table.bitemporal ? ['known_from bigint NOT NULL'] : [])];
  const statements = [`CREATE TABLE ${inSchema(schema, table.name)} (${open.join(', ')});`];
  if (table.bitemporal) {
    statements.push(`CREATE TABLE ${inSchema(schema, pastOf(table))} (${[...open, 'known_to bigint NOT NULL'].join(', ')});`);
  }
  return statements.join('\n');
}
