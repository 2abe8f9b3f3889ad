/** Writes rows into a generation's tables: one change at a time when live, whole versions in a bulk build. */
import type { StatementSync } from 'node:sqlite';
import type { TableLayout } from '../model-set.js';
import { keyOf, type Change, type Tuple } from '../rows.js';
import type { Versions } from '../versions.js';
import type { GenerationDb } from './generation-db.js';
import { keyColumns, listed, pastOf, quoted, storedColumns } from '../sql.js';

interface TableStatements {
  readonly insert: StatementSync;
  /** Needs the key's index, which a bulk build makes last; prepared when first used. */
  readonly upsert: string;
  readonly remove: StatementSync;
  readonly past?: { readonly archive: StatementSync; readonly insert: StatementSync; readonly remove: StatementSync };
}

export class RowWriter {
  private readonly prepared = new Map<TableLayout, TableStatements>();

  constructor(private readonly db: GenerationDb) {}

  /**
   * Changes of one batch, in any order of subjects. Removals go first, where versions are kept those of the same
   * event, so a row may move from one subject to another within the batch.
   */
  write(changes: readonly Change[]): void {
    const removalsFirst = (a: Change, b: Change) => Number(a.after !== undefined) - Number(b.after !== undefined);
    const latest = changes.filter(({ table }) => !table.bitemporal).sort(removalsFirst);
    const versions = changes.filter(({ table }) => table.bitemporal);
    versions.sort((a, b) => a.ordinal - b.ordinal || removalsFirst(a, b));
    for (const change of latest) this.apply(change);
    for (const change of versions) this.apply(change);
  }

  private apply({ table, before, after, ordinal }: Change): void {
    const { insert, upsert, remove, past } = this.of(table);
    if (before && past) past.archive.run(ordinal, ...keyOf(table, before));
    if (!after) remove.run(...keyOf(table, before!));
    else (before ? this.db.statement(upsert) : insert).run(...after, ...(past ? [ordinal] : []));
  }

  writeVersions({ table, open, past }: Versions): void {
    const statements = this.of(table);
    if (!statements.past) {
      for (const { tuple } of open) statements.insert.run(...tuple);
      return;
    }
    for (const { tuple, from } of open) statements.insert.run(...tuple, from);
    for (const { tuple, from, to } of past) statements.past.insert.run(...tuple, from, to);
  }

  /** Removes rows and their past, by key. */
  erase(table: TableLayout, keys: readonly Tuple[]): void {
    const { remove, past } = this.of(table);
    for (const key of keys) {
      remove.run(...key);
      past?.remove.run(...key);
    }
  }

  private of(table: TableLayout): TableStatements {
    let statements = this.prepared.get(table);
    if (!statements) this.prepared.set(table, (statements = this.prepare(table)));
    return statements;
  }

  private prepare(table: TableLayout): TableStatements {
    const { db } = this;
    const name = quoted(table.name);
    const columns = storedColumns(table);
    const key = keyColumns(table);
    const byKey = key.map((column) => `${quoted(column)} = ?`).join(' AND ');
    const insert = `INSERT INTO ${name} (${listed(columns)}) VALUES (${columns.map(() => '?').join(', ')})`;
    const others = columns.filter((column) => !key.includes(column));
    const set = others.map((column) => `${quoted(column)} = excluded.${quoted(column)}`).join(', ');
    const statements = {
      insert: db.statement(insert),
      remove: db.statement(`DELETE FROM ${name} WHERE ${byKey}`),
      upsert: `${insert} ON CONFLICT (${listed(key)}) DO ${others.length > 0 ? `UPDATE SET ${set}` : 'NOTHING'}`,
    };
    if (!table.bitemporal) return statements;
    const past = quoted(pastOf(table));
    const stored = storedColumns(table, true);
    return {
      ...statements,
      past: {
        insert: db.statement(`INSERT INTO ${past} (${listed(stored)}) VALUES (${stored.map(() => '?').join(', ')})`),
        archive: db.statement(`INSERT INTO ${past} (${listed(stored)}) SELECT ${listed(columns)}, ? FROM ${name} WHERE ${byKey}`),
        remove: db.statement(`DELETE FROM ${past} WHERE ${byKey}`),
      },
    };
  }
}
