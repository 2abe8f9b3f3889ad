/** Every statement that shapes a generation's file. */
import type { TableLayout } from '../model-set.js';

export const quoted = (name: string): string => `"${name}"`;
export const listed = (names: readonly string[]): string => names.map(quoted).join(', ');
export const pastOf = (table: { readonly name: string }): string => `${table.name}_past`;
/** Names of what holds a table's rows. */
export const storedTables = (table: TableLayout): readonly string[] =>
  table.bitemporal ? [table.name, pastOf(table)] : [table.name];
export const keyColumns = (table: TableLayout): readonly string[] => table.key.map((place) => table.columns[place]!);

/** Columns as stored: those of the definition, then the ordinals between which the row was what we knew. */
export const storedColumns = (table: TableLayout, past = false): readonly string[] => [
  ...table.columns,
  ...(table.bitemporal ? ['known_from'] : []),
  ...(past ? ['known_to'] : []),
];

export const engineTables = `
  CREATE TABLE generation (id TEXT NOT NULL, models TEXT NOT NULL) STRICT;
  CREATE TABLE checkpoint (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    position TEXT,
    ordinal INTEGER NOT NULL,
    known_at TEXT,
    stopped TEXT
  ) STRICT;
  CREATE TABLE subject_stream (
    subject TEXT NOT NULL, stream TEXT NOT NULL, PRIMARY KEY (subject, stream)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE quarantine (
    subject TEXT NOT NULL,
    read_model TEXT NOT NULL,
    event_id TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    error TEXT NOT NULL,
    since TEXT NOT NULL,
    keys TEXT NOT NULL,
    PRIMARY KEY (subject, read_model)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE known_at (
    bucket INTEGER PRIMARY KEY, ordinal INTEGER NOT NULL, position TEXT NOT NULL, known_at TEXT NOT NULL
  ) STRICT;
`;

export function createTable(table: TableLayout): string {
  const columns = table.columns.map((name, i) => {
    const required = table.key.includes(i) ? ' NOT NULL' : '';
    return `${quoted(name)} ${table.types[i]!.toUpperCase()}${required}`;
  });
  const open = [...columns, ...(table.bitemporal ? ['known_from INTEGER NOT NULL'] : [])];
  const statements = [`CREATE TABLE ${quoted(table.name)} (${open.join(', ')}) STRICT;`];
  if (table.bitemporal) {
    statements.push(`CREATE TABLE ${quoted(pastOf(table))} (${[...open, 'known_to INTEGER NOT NULL'].join(', ')}) STRICT;`);
  }
  return statements.join('\n');
}

/**
 * Made after a bulk load, when sorting once costs least. A bitemporal table's indexes end in the ordinals, so that
 * one index answers both "now" and "as known at".
 */
export function createIndexes(table: TableLayout): readonly string[] {
  const key = keyColumns(table);
  const statements = [`CREATE UNIQUE INDEX ${quoted(`${table.name}_key`)} ON ${quoted(table.name)} (${listed(key)})`];
  table.indexes.forEach((columns, i) => {
    statements.push(index(`${table.name}_${i}`, table.name, [...columns, ...(table.bitemporal ? ['known_from'] : [])]));
  });
  if (!table.bitemporal) return statements;
  const past = pastOf(table);
  statements.push(index(`${past}_key`, past, [...key, 'known_from']));
  table.indexes.forEach((columns, i) => {
    statements.push(index(`${past}_${i}`, past, [...columns, 'known_from', 'known_to']));
  });
  return statements;
}

const index = (name: string, on: string, columns: readonly string[]): string =>
  `CREATE INDEX ${quoted(name)} ON ${quoted(on)} (${listed(columns)})`;

export interface AsKnownOptions {
  /** Those that the query around it uses; an index that holds them all then answers alone. */
  readonly columns?: readonly string[];
  /** A condition on the table's columns; inside it costs half of what it costs around the union. */
  readonly where?: string;
}

/**
 * A bitemporal table as it was known at `:ordinal`, to stand in a FROM clause: open and past rows whose interval
 * holds it. Columns of the definition only.
 */
export function asKnown(
  table: { readonly name: string; readonly columns: Readonly<Record<string, string>> },
  { columns = Object.keys(table.columns), where = 'TRUE' }: AsKnownOptions = {},
): string {
  const rows = (name: string) => `SELECT ${listed(columns)} FROM ${quoted(name)} WHERE (${where}) AND known_from <= :ordinal`;
  return `(${rows(table.name)} UNION ALL ${rows(pastOf(table))} AND known_to > :ordinal)`;
}
