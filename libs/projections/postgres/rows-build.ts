/** Rows of a schema in the making, as one building thread adds them over its connection: gathered, and sent many at a time. */
import type { ClientBase } from 'pg';
import type { BesideBuild, Quarantined } from '../generations.js';
import type { TableLayout } from '../model-set.js';
import { pastOf, storedColumns } from '../sql.js';
import type { Versions } from '../versions.js';
import { clientAt, withoutWaiting } from './connect.js';
import { copyInto, copyLine } from './copy-rows.js';
import { saveEngineRows } from './generation.js';
import type { PostgresPlace } from './place.js';
import { inSchema } from './schema.js';

/** Characters of one table's rows that are sent at once. */
const SENT_AT = 128 * 1024;

/** Rows of one table that wait to be sent. */
interface Gathered {
  readonly name: string;
  readonly columns: readonly string[];
  lines: string;
}

const gathered = (name: string, columns: readonly string[]): Gathered => ({ name, columns, lines: '' });

export class PostgresRows implements BesideBuild {
  private readonly tables = new Map<TableLayout, { readonly open: Gathered; readonly past: Gathered }>();
  private readonly streams = gathered('subject_stream', ['subject', 'stream']);
  private readonly waiting = [this.streams];
  private readonly quarantined: Quarantined[] = [];
  private writing: Promise<void> = Promise.resolve();
  private broken: Error | undefined;

  /** @param end what becomes of the connection */
  constructor(
    private readonly client: ClientBase,
    private readonly schema: string,
    private readonly end: () => unknown,
  ) {
    // A connection that ends between two statements says so by an event; the next statement fails by itself.
    client.on('error', this.lost);
  }

  /** Over a connection of its own, beside whoever made the schema. */
  static async at(place: PostgresPlace, schema: string): Promise<PostgresRows> {
    const client = clientAt(place);
    await client.connect();
    const rows = new PostgresRows(client, schema, () => client.end());
    await withoutWaiting(client);
    return rows;
  }

  addStream(subject: string, stream: string): void {
    this.streams.lines += copyLine([subject, stream]);
  }

  addVersions({ table, open, past }: Versions): void {
    if (open.length === 0 && past.length === 0) return;
    const into = this.of(table);
    for (const { tuple, from } of open) into.open.lines += table.bitemporal ? copyLine(tuple, from) : copyLine(tuple);
    for (const { tuple, from, to } of past) into.past.lines += copyLine(tuple, from, to);
  }

  addQuarantined(quarantined: Quarantined): void {
    this.quarantined.push(quarantined);
  }

  /** Tables with many rows are written while the next are gathered: what that fails with is told at the next, or at the commit. */
  async flush(): Promise<void> {
    await this.writing;
    const full = this.waiting.filter(({ lines }) => lines.length >= SENT_AT);
    if (full.length > 0) void this.begin(full);
  }

  async commit(): Promise<void> {
    await this.writing;
    await this.begin(this.waiting);
    await saveEngineRows(this.client, this.schema, { quarantined: this.quarantined.splice(0) });
  }

  async close(): Promise<void> {
    // Whoever has the connection next must not find our statements among its own.
    await this.writing.catch(() => undefined);
    this.client.off('error', this.lost);
    await this.end();
  }

  private readonly lost = (error: Error): void => {
    this.broken = error;
  };

  private begin(tables: readonly Gathered[]): Promise<void> {
    const sent = tables.filter(({ lines }) => lines !== '').map((table) => {
      const { name, columns, lines } = table;
      table.lines = '';
      return { name, columns, lines };
    });
    this.writing = this.write(sent);
    this.writing.catch(() => undefined);
    return this.writing;
  }

  private async write(sent: readonly Gathered[]): Promise<void> {
    for (const { name, columns, lines } of sent) {
      if (this.broken) throw this.broken;
      await copyInto(this.client, inSchema(this.schema, name), columns, lines);
    }
  }

  private of(table: TableLayout) {
    let into = this.tables.get(table);
    if (into) return into;
    into = { open: gathered(table.name, storedColumns(table)), past: gathered(pastOf(table), storedColumns(table, true)) };
    this.tables.set(table, into);
    this.waiting.push(into.open, into.past);
    return into;
  }
}
