/** The log's writer in its own thread: whatever waits when a commit ends goes into the next ones. */
import { parentPort, workerData } from 'node:worker_threads';
import { Checkpoints } from './checkpoints.js';
import { commitsChannel } from './log-bell.js';
import { LogWriter } from './log-writer.js';
import type { AllOrNone, AppendRequest, FromWriter, Outcome, ToWriter } from './protocol.js';

/**
 * Appends that are worth a flush of their own. Of more than that, half are committed first: their callers get their
 * answers and send the next while the other half is written. Too many at once would only make the first of them wait.
 */
const SMALLEST = 32;
const LARGEST = 512;

const port = parentPort;
if (!port) throw new Error('this file runs as a worker thread');

const { file } = workerData as { file: string };
const writer = new LogWriter(file);
const checkpoints = new Checkpoints(file, writer.db);
const commits = commitsChannel(file);
const answer = (message: FromWriter) => port.postMessage(message);

const waiting: (AppendRequest | AllOrNone)[] = [];
const isTogether = (asked: AppendRequest | AllOrNone): asked is AllOrNone => 'together' in asked;
let scheduled = false;
let closing = false;

port.on('message', (message: ToWriter) => {
  if (message === 'close') closing = true;
  else if ('together' in message) waiting.push(message);
  else waiting.push(...message);
  schedule();
});
answer('ready');

/** A turn of the event loop between commits: messages of callers and of the checkpointer come in. */
function schedule(): void {
  if (!scheduled) setImmediate(next);
  scheduled = true;
}

function next(): void {
  scheduled = false;
  if (waiting.length > 0) commitNext();
  if (waiting.length > 0) schedule();
  else if (closing) void close();
}

function commitNext(): void {
  const [first] = waiting;
  if (first && isTogether(first)) {
    waiting.shift();
    return committed(first.together, [writer.commitTogether(first.together)]);
  }
  const half = Math.max(SMALLEST, Math.ceil(waiting.length / 2));
  const next = waiting.findIndex(isTogether);
  const group = waiting.splice(0, Math.min(half, LARGEST, next < 0 ? Infinity : next)) as AppendRequest[];
  committed(group, writer.commit(group));
}

function committed(appends: readonly AppendRequest[], outcomes: readonly Outcome[]): void {
  answer(outcomes);
  if (outcomes.some((outcome) => 'appended' in outcome && !outcome.appended.repeated)) commits.postMessage(null);
  checkpoints.committed(appends.reduce((events, append) => events + append.events.length, 0));
}

async function close(): Promise<void> {
  await checkpoints.close();
  writer.close();
  commits.close();
  port?.close();
}
