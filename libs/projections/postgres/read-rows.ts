import type { PoolClient } from 'pg';
import type { ReadRows } from '../checksum.js';
import type { Value } from '../definition.js';

const PAGE = 5_000;

/** Through a cursor, inside the transaction of `client`: a table may be larger than memory. */
export const rowsOf = (client: PoolClient): ReadRows => async function* (sql) {
  await client.query(`DECLARE read_rows NO SCROLL CURSOR FOR ${sql}`);
  for (;;) {
    const { rows } = await client.query<Value[]>({ text: `FETCH ${PAGE} FROM read_rows`, rowMode: 'array' });
    yield rows;
    if (rows.length < PAGE) break;
  }
  await client.query('CLOSE read_rows');
};
