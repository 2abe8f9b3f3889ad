/**
 * One moment of a schema, and schemas built beside it to be compared with it: all in one transaction that is rolled back,
 * so that nothing is left behind however it ends. And a schema built to be measured alone.
 */
import { randomUUID } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import { checksumOf, type Checksum } from '../checksum.js';
import type { Comparable, GenerationBuild, Moment } from '../generations.js';
import type { ModelSet } from '../model-set.js';
import type { Tuple } from '../rows.js';
import { quoted } from '../sql.js';
import { PostgresBuild } from './build.js';
import { inPassing, inTransaction, withoutWaiting } from './connect.js';
import { checkpointIn, contentsIn } from './generation.js';
import type { PostgresPlace } from './place.js';
import { rowsOf } from './read-rows.js';
import { dropSchema } from './schema.js';

type Fill = (into: GenerationBuild) => Promise<unknown>;

export const atOneMoment = <T>(pool: Pool, schema: string, set: ModelSet, work: (moment: Moment) => Promise<T>): Promise<T> =>
  inPassing(pool, async (client) => work({
    ...comparable(client, schema, set),
    contents: await contentsIn(client, schema),
    checkpoint: await checkpointIn(client, schema),
    async ask(sql, params = []) {
      let n = 0;
      const text = sql.replaceAll('?', () => `$${++n}`);
      return (await client.query<Tuple[number][]>({ text, values: [...params], rowMode: 'array' })).rows;
    },
    beside: (name, models, fill) => build(client, `${schema} ${name}`, models, fill),
  }));

/**
 * A transaction shows nothing to the connection of a second thread, so this schema is there for all to see. Whoever makes it
 * holds a lock of its name, which goes with the connection: left behind without that lock, it is swept.
 */
export async function trial(pool: Pool, place: PostgresPlace, name: string, set: ModelSet, fill: Fill): Promise<Checksum> {
  const schema = nameOfItsOwn(name);
  const client = await pool.connect();
  // It waits while the checksum is read over another connection; that it ended meanwhile is told by what comes next.
  client.on('error', () => undefined);
  try {
    await client.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [schema]);
    await withoutWaiting(client);
    await fill(await PostgresBuild.create({ client, schema, set, place, end: () => undefined }));
    const checksum = await inPassing(pool, (reading) => comparable(reading, schema, set).checksum());
    await dropSchema(client, schema);
    return checksum;
  } catch (error) {
    await dropSchema(client, schema).catch(() => undefined);
    throw error;
  } finally {
    client.release(true);
  }
}

/** Of a trial whose process is gone; one under way is left alone. */
export const sweepTrial = (pool: Pool, schema: string): Promise<void> =>
  inTransaction(pool, async (client) => {
    const { rows: [lock] } = await client.query<{ got: boolean }>('SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS got', [schema]);
    if (lock!.got) await dropSchema(client, schema);
  });

async function build(client: PoolClient, name: string, set: ModelSet, fill: Fill): Promise<Comparable> {
  const schema = nameOfItsOwn(name);
  await fill(await PostgresBuild.create({ client, schema, set, end: () => undefined }));
  return comparable(client, schema, set);
}

/** Two at a time would wait for each other over one name. */
const nameOfItsOwn = (name: string): string => `${name} ${randomUUID().slice(0, 8)}`;

const comparable = (client: PoolClient, schema: string, set: ModelSet): Comparable => ({
  schema,
  async checksum() {
    await client.query(`SET LOCAL search_path = ${quoted(schema)}`);
    return checksumOf(rowsOf(client), set);
  },
});
