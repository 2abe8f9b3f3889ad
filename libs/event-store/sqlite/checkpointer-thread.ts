/**
 * Moves committed pages from the write-ahead log into the file, beside the writer and never in its way (passive).
 * Told how many pages to go for by nobody: each message is one pass.
 */
import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import type { CheckpointPass } from './checkpoints.js';

const port = parentPort;
if (!port) throw new Error('this file runs as a worker thread');

const db = new DatabaseSync((workerData as { file: string }).file, { timeout: 5000 });
db.exec('PRAGMA synchronous = FULL');
const pass = db.prepare('PRAGMA wal_checkpoint(PASSIVE)');

port.on('message', (message: 'pass' | 'close') => {
  if (message === 'close') {
    db.close();
    port.close();
    return;
  }
  const started = performance.now();
  const { log, checkpointed } = pass.get() as { log: number; checkpointed: number };
  port.postMessage({ log, checkpointed, millis: performance.now() - started } satisfies CheckpointPass);
});
