/** SQL that both stores of read models understand. */
import type { TableLayout } from './model-set.js';

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

/**
 * Made after a bulk load, when sorting once costs least. A bitemporal table's indexes end in the ordinals, so that
 * one index answers both "now" and "as known at".
 *
 * @param schema where the tables lie, in a database that holds many
 */
export function createIndexes(table: TableLayout, schema?: string): readonly string[] {
  const at = (name: string) => (schema === undefined ? quoted(name) : `${quoted(schema)}.${quoted(name)}`);
  const index = (kind: string, on: string, suffix: string | number, columns: readonly string[]) =>
    `CREATE ${kind} ${quoted(`${on}_${suffix}`)} ON ${at(on)} (${listed(columns)})`;
  const { name, indexes, bitemporal } = table;
  const key = keyColumns(table);
  const statements = [index('UNIQUE INDEX', name, 'key', key)];
  indexes.forEach((columns, i) => {
    statements.push(index('INDEX', name, i, [...columns, ...(bitemporal ? ['known_from'] : [])]));
  });
  if (!bitemporal) return statements;
  const past = pastOf(table);
  statements.push(index('INDEX', past, 'key', [...key, 'known_from']));
  indexes.forEach((columns, i) => statements.push(index('INDEX', past, i, [...columns, 'known_from', 'known_to'])));
  return statements;
}

/** Whether a text is in a list; `param` stands for the whole list, as JSON. */
export const inList = (param: string): string => `IN (SELECT value FROM ${listRows(param)})`;

/** The texts of such a list as rows of one column, `value`, to stand in a FROM clause. */
export const listRows = (param: string): string => `json_each(${param})`;

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
  return `(${rows(table.name)} UNION ALL ${rows(pastOf(table))} AND known_to > :ordinal) AS known`;
}
