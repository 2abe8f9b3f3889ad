/** What both databases do alike: the format raised under a lock, one writer at a time. */
import { Kysely, sql, type Dialect, type QueryExecutorProvider } from 'kysely';
import type { ColumnTypes } from './columns.js';
import { NewerDatabaseError, OlderDatabaseError, type Database, type Kept } from './place.js';

/** How a database keeps the number of a format; called inside the transaction that raises it. */
export interface Formats {
  /** Of the file, or of the schema and name there. */
  readonly where: string;
  readonly columns: ColumnTypes;
  /** True for who only looks. */
  readonly stays?: boolean;
  read(queries: QueryExecutorProvider): Promise<number>;
  write(queries: QueryExecutorProvider, format: number): Promise<void>;
  /** The transaction's turn, where beginning one is not a turn already. */
  takeTurn(queries: QueryExecutorProvider): Promise<void>;
  forgetOverwritten(queries: QueryExecutorProvider): Promise<void>;
}

/** @throws NewerDatabaseError, OlderDatabaseError; what was opened is closed again */
export async function openDatabase<Tables>(kept: Kept<Tables>, dialect: Dialect, formats: Formats): Promise<Database<Tables>> {
  const queries = new Kysely<Tables>({ dialect });
  const alone: Database<Tables>['alone'] = (work) =>
    queries.transaction().execute(async (inTurn) => {
      await formats.takeTurn(inTurn);
      return work(inTurn);
    });
  try {
    await alone((inTurn) => raiseFormat(kept, inTurn, formats));
  } catch (error) {
    await queries.destroy();
    throw error;
  }
  return {
    queries,
    alone,
    forgetOverwritten: () => formats.forgetOverwritten(queries),
    close: () => queries.destroy(),
  };
}

async function raiseFormat({ migrations }: Pick<Kept<unknown>, 'migrations'>, queries: QueryExecutorProvider, formats: Formats): Promise<void> {
  const format = await formats.read(queries);
  const known = migrations.length;
  if (format > known) throw new NewerDatabaseError(formats.where, format, known);
  if (format === known) return;
  if (formats.stays) throw new OlderDatabaseError(formats.where, format, known);
  for (const migration of migrations.slice(format))
    for (const statement of migration(formats.columns)) await sql.raw(statement).execute(queries);
  await formats.write(queries, known);
}
