/** A batch of the projector that is under way for as long as a test wants. */
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';

const WITHIN = 60_000;

/**
 * Takes hold of the place where the rows stand, which every batch moves first.
 * @returns lets go of it; also ends where the server does
 */
export async function holdBatch(url: string): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: url });
  // The server may be taken away meanwhile.
  client.on('error', () => undefined);
  await client.connect();
  const { rows: [served] } = await client.query<{ name: string }>('SELECT name FROM read_models.served');
  await client.query('BEGIN');
  await client.query(`SELECT * FROM ${client.escapeIdentifier(`read_models:${served!.name}`)}.checkpoint FOR UPDATE`);
  return () => client.end().catch(() => undefined);
}

/** Resolves once a batch has begun and waits for the place that is held. */
export async function batchWaits(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const until = Date.now() + WITHIN; ; await pause(20)) {
      const { rows } = await client.query(
        "SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND wait_event <> 'advisory' AND query ILIKE '%checkpoint%'",
      );
      if (rows.length > 0) return;
      if (Date.now() > until) throw new Error('no batch came');
    }
  } finally {
    await client.end();
  }
}
