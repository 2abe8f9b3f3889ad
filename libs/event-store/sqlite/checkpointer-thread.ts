/**
 * Moves committed pages from the write-ahead log into the file, beside the writer and never in its way: one passive
 * pass a message.
 */
import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import { checkpointer, type CheckpointPass } from './checkpoints.js';

const port = parentPort;
if (!port) throw new Error('this file runs as a worker thread');

const db = new DatabaseSync((workerData as { file: string }).file, { timeout: 5000 });
db.exec('PRAGMA synchronous = FULL');
const copyPages = checkpointer(db);

port.on('message', (message: 'pass' | 'close') => {
  if (message === 'close') {
    db.close();
    port.close();
    return;
  }
  const started = performance.now();
  port.postMessage({ pages: copyPages(), millis: performance.now() - started } satisfies CheckpointPass);
});
