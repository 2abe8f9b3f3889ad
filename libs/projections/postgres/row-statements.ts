/** Statements that take many rows at a time: one array a column, unnested. */
import type { ClientBase, Pool } from 'pg';
import type { ColumnType, Value } from '../definition.js';
import type { TableLayout } from '../model-set.js';
import type { Tuple } from '../rows.js';
import { keyColumns, listed, pastOf, quoted, storedColumns } from '../sql.js';
import { inSchema } from './schema.js';

export type Queries = Pick<ClientBase, 'query'> | Pick<Pool, 'query'>;

const arrays: Readonly<Record<ColumnType, string>> = { text: 'text[]', integer: 'bigint[]', real: 'float8[]' };

export class RowStatements {
  private readonly open: string;
  private readonly past: string;
  private readonly columns: readonly string[];
  private readonly key: readonly string[];
  private readonly types: readonly ColumnType[];
  private readonly keyTypes: readonly ColumnType[];

  constructor(schema: string, table: TableLayout) {
    this.open = inSchema(schema, table.name);
    this.past = inSchema(schema, pastOf(table));
    this.columns = storedColumns(table);
    this.key = keyColumns(table);
    this.types = [...table.types, ...(table.bitemporal ? ['integer' as const] : [])];
    this.keyTypes = table.key.map((place) => table.types[place]!);
  }

  insert(on: Queries, rows: readonly Tuple[]): Promise<void> {
    return this.ask(on, `INSERT INTO ${this.open} (${listed(this.columns)}) SELECT * FROM ${unnested(this.types)}`, this.types, rows);
  }

  insertPast(on: Queries, rows: readonly Tuple[]): Promise<void> {
    const types = [...this.types, 'integer' as const];
    return this.ask(on, `INSERT INTO ${this.past} (${listed([...this.columns, 'known_to'])}) SELECT * FROM ${unnested(types)}`, types, rows);
  }

  /** Rows in place of those with the same key. */
  replace(on: Queries, rows: readonly Tuple[]): Promise<void> {
    const others = this.columns.filter((column) => !this.key.includes(column));
    const set = others.map((column) => `${quoted(column)} = excluded.${quoted(column)}`).join(', ');
    return this.ask(
      on,
      `INSERT INTO ${this.open} (${listed(this.columns)}) SELECT * FROM ${unnested(this.types)}
       ON CONFLICT (${listed(this.key)}) DO ${others.length > 0 ? `UPDATE SET ${set}` : 'NOTHING'}`,
      this.types,
      rows,
    );
  }

  remove(on: Queries, keys: readonly Tuple[]): Promise<void> {
    return this.ask(on, `DELETE FROM ${this.open} o USING ${this.keys()} WHERE ${this.sameKey()}`, this.keyTypes, keys);
  }

  removePast(on: Queries, keys: readonly Tuple[]): Promise<void> {
    return this.ask(on, `DELETE FROM ${this.past} o USING ${this.keys()} WHERE ${this.sameKey()}`, this.keyTypes, keys);
  }

  /** Copies rows as they stand into the past; each tuple is a key and the ordinal until when it was what we knew. */
  archive(on: Queries, ends: readonly Tuple[]): Promise<void> {
    const stored = this.columns.map((column) => `o.${quoted(column)}`).join(', ');
    return this.ask(
      on,
      `INSERT INTO ${this.past} (${listed([...this.columns, 'known_to'])})
       SELECT ${stored}, k.ends FROM ${this.open} o JOIN ${this.keys(['ends'])} ON ${this.sameKey()}`,
      [...this.keyTypes, 'integer'],
      ends,
    );
  }

  private keys(more: readonly string[] = []): string {
    const types = [...this.keyTypes, ...more.map(() => 'integer' as const)];
    return `${unnested(types)} AS k (${[...this.key.map((_, i) => `k${i}`), ...more].join(', ')})`;
  }

  private sameKey(): string {
    return this.key.map((column, i) => `o.${quoted(column)} = k.k${i}`).join(' AND ');
  }

  private async ask(on: Queries, sql: string, types: readonly ColumnType[], rows: readonly Tuple[]): Promise<void> {
    if (rows.length === 0) return;
    await on.query(sql, types.map((_, i): Value[] => rows.map((row) => row[i]!)));
  }
}

const unnested = (types: readonly ColumnType[]): string => `unnest(${types.map((type, i) => `$${i + 1}::${arrays[type]}`).join(', ')})`;
