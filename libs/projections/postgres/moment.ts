/**
 * One moment of a schema, and schemas built beside it to be compared with it: all in one transaction that is rolled back,
 * so that nothing is left behind however it ends.
 */
import { randomUUID } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import { checksumOf, type Checksum } from '../checksum.js';
import type { Comparable, GenerationBuild, Moment } from '../generations.js';
import type { ModelSet } from '../model-set.js';
import type { Tuple } from '../rows.js';
import { quoted } from '../sql.js';
import { PostgresBuild } from './build.js';
import { inPassing } from './connect.js';
import { checkpointIn, contentsIn } from './generation.js';
import { rowsOf } from './read-rows.js';

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

export const trial = (pool: Pool, schema: string, set: ModelSet, fill: Fill): Promise<Checksum> =>
  inPassing(pool, async (client) => (await build(client, schema, set, fill)).checksum());

async function build(client: PoolClient, name: string, set: ModelSet, fill: Fill): Promise<Comparable> {
  // Two at a time would wait for each other over one name.
  const schema = `${name} ${randomUUID().slice(0, 8)}`;
  await fill(await PostgresBuild.create(client, schema, set, () => undefined));
  return comparable(client, schema, set);
}

const comparable = (client: PoolClient, schema: string, set: ModelSet): Comparable => ({
  schema,
  async checksum() {
    await client.query(`SET LOCAL search_path = ${quoted(schema)}`);
    return checksumOf(rowsOf(client), set);
  },
});
