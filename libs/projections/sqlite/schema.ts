/** Every statement that shapes a generation's file. */
import type { TableLayout } from '../model-set.js';
import { pastOf, quoted } from '../sql.js';

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
