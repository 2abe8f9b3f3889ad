/**
 * Reads a log as it grows and sums what lies in it, in a thread of its own: each event out of the file, taken apart and
 * made canonical again.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { canonicalEvent, LogChecksum } from '../log-checksum.js';
import type { Position } from '../port.js';
import { LogReader } from './log-reader.js';
import type { FromSum, ToSum } from './sum-beside.js';

/** Events read at a time. */
const PAGE = 1_000;

const port = parentPort;
if (!port) throw new Error('this file runs as a worker thread');

const reader = new LogReader((workerData as { file: string }).file);
const sum = new LogChecksum();
const tell = (message: FromSum) => port.postMessage(message);
let after: Position | undefined;
let work = Promise.resolve();

port.on('message', (message: ToSum) => {
  work = work.then(() => ('upTo' in message ? readUpTo(message.upTo) : end()));
});

/** Whole pages only. */
async function readUpTo(ordinal: number): Promise<void> {
  while (ordinal - sum.events >= PAGE) await readPage();
}

async function end(): Promise<void> {
  while (!(await readPage()));
  await reader.close();
  tell({ events: sum.events, checksum: sum.digest() });
  port!.close();
}

/** @returns whether that was the head */
async function readPage(): Promise<boolean> {
  const { events, next, atHead } = await reader.readAll({ limit: PAGE, ...(after !== undefined && { after }) });
  for (const event of events) sum.add(event.ordinal, canonicalEvent(event));
  after = next?.position;
  tell({ events: sum.events });
  return atHead;
}
