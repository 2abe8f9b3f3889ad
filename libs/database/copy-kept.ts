/** Everything that somebody keeps, from one place into another, and the proof that both hold the same. */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { CopiedTable, Database, Kept, Place, Queries } from './place.js';

/** Rows of one statement. */
const AT_ONCE = 500;

export interface CopiedKept {
  /** Of what is kept. */
  readonly name: string;
  readonly rows: number;
  /** False where there was nothing, or the copy was there already, and equal. */
  readonly added: boolean;
}

/** Nothing was written. */
export class OtherStateError extends Error {
  constructor(name: string) {
    super(`the target holds another ${name} already, or has been written to since it was copied`);
  }
}

type Row = Readonly<Record<string, unknown>>;
type Tables = Record<string, Record<string, unknown>>;

/**
 * All or nothing, into a place that holds none of it, or the same. Nobody writes to either meanwhile.
 * @throws OtherStateError; Error what was written does not read back as it was
 */
export async function copyKept<T>(kept: Kept<T>, from: Place, to: Place): Promise<CopiedKept> {
  const copied = (kept.copied ?? []) as readonly CopiedTable<Tables>[];
  // The tables are told by `copied`, not by their types.
  const open = (place: Place) => place.open(kept) as Promise<unknown> as Promise<Database<Tables>>;
  const source = await open(from);
  try {
    const target = await open(to);
    try {
      const added = await target.alone(async (queries) => {
        for (const { table } of copied) {
          const there = await queries.selectFrom(table).select(sql`1`.as('one')).limit(1).executeTakeFirst();
          if (there) return false;
        }
        for (const table of copied)
          for await (const rows of rowsOf(source.queries, table)) await queries.insertInto(table.table).values(rows).execute();
        return true;
      });
      const [ours, theirs] = [await digest(source.queries, copied), await digest(target.queries, copied)];
      if (ours.sum === theirs.sum) return { name: kept.name, rows: ours.rows, added: added && ours.rows > 0 };
      throw added ? new Error(`${kept.name} reads back otherwise than it was written`) : new OtherStateError(kept.name);
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

/** In the order of the table's key, in pieces. A number that the database gives is left out: the order stays. */
async function* rowsOf(queries: Queries<Tables>, { table, by, numbered }: CopiedTable<Tables>): AsyncGenerator<readonly Row[]> {
  for (let last: Row | undefined; ; ) {
    const ordered = by.reduce((so, column) => so.orderBy(column), queries.selectFrom(table).selectAll().limit(AT_ONCE));
    const after = last && sql<boolean>`(${sql.join(by.map((column) => sql.ref(column)))}) > (${sql.join(by.map((column) => last![column]))})`;
    const rows: readonly Row[] = await (after ? ordered.where(after) : ordered).execute();
    if (rows.length === 0) return;
    last = rows.at(-1);
    yield numbered === undefined ? rows : rows.map(({ [numbered]: _, ...row }) => row);
  }
}

async function digest(queries: Queries<Tables>, copied: readonly CopiedTable<Tables>[]): Promise<{ readonly sum: string; readonly rows: number }> {
  const hash = createHash('sha256');
  let counted = 0;
  for (const table of copied) {
    hash.update(`${table.table}\n`);
    for await (const rows of rowsOf(queries, table)) {
      counted += rows.length;
      for (const row of rows) hash.update(`${JSON.stringify(Object.keys(row).sort().map((column) => [column, shown(row[column])]))}\n`);
    }
  }
  return { sum: hash.digest('hex'), rows: counted };
}

/** Each driver has an array of bytes of its own kind. */
const shown = (value: unknown): unknown => (value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value);
