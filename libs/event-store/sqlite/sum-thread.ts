/**
 * Reads a log as it grows and sums what lies in it, in a thread of its own: each event out of the file, letter by letter. What
 * is stored there is canonical, or the sum tells that it is not.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { LogChecksum } from '../log-checksum.js';
import { LogReader } from './log-reader.js';
import type { FromSum, ToSum } from './sum-beside.js';

/** Events read at a time. */
const PAGE = 1_000;

const port = parentPort;
if (!port) throw new Error('this file runs as a worker thread');

const reader = new LogReader((workerData as { file: string }).file);
const sum = new LogChecksum();
const tell = (message: FromSum) => port.postMessage(message);

port.on('message', (message: ToSum) => ('upTo' in message ? readUpTo(message.upTo) : void end()));

/** Whole pages only. */
function readUpTo(ordinal: number): void {
  while (ordinal - sum.events >= PAGE) readPage();
}

async function end(): Promise<void> {
  while (!readPage());
  await reader.close();
  tell({ events: sum.events, checksum: sum.digest() });
  port!.close();
}

/** @returns whether that was the head */
function readPage(): boolean {
  const rows = reader.storedAfter(sum.events, PAGE);
  for (const [ordinal, body] of rows) sum.add(ordinal, body);
  tell({ events: sum.events });
  return rows.length < PAGE;
}
