/** Many rows of one table at a time by PostgreSQL's COPY, which costs both sides about half of an INSERT. */
import { finished } from 'node:stream/promises';
import type { ClientBase } from 'pg';
import { from } from 'pg-copy-streams';
import type { Value } from '../definition.js';
import type { Tuple } from '../rows.js';
import { listed } from '../sql.js';

const SPECIAL = /[\\\t\n\r]/;
const ESCAPED: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

function copied(value: Value): string {
  if (value === null) return '\\N';
  if (typeof value === 'number') return String(value);
  return SPECIAL.test(value) ? value.replace(/[\\\t\n\r]/g, (found) => ESCAPED[found]!) : value;
}

/** A row in COPY's own text, its end included. */
export function copyLine(row: Tuple, ...more: Tuple): string {
  let line = copied(row[0]!);
  for (let i = 1; i < row.length; i++) line += `\t${copied(row[i]!)}`;
  for (const value of more) line += `\t${copied(value)}`;
  return `${line}\n`;
}

/** @param lines of `copyLine`, one after the other */
export async function copyInto(client: ClientBase, table: string, columns: readonly string[], lines: string): Promise<void> {
  const copy = client.query(from(`COPY ${table} (${listed(columns)}) FROM STDIN`));
  copy.end(lines);
  await finished(copy);
}
