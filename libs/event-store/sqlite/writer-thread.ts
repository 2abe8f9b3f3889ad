/** The log's writer in its own thread: whatever waits when a commit ends goes into the next one. */
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { Checkpoints } from './checkpoints.js';
import { commitsChannel } from './log-bell.js';
import { LogWriter } from './log-writer.js';
import type { AppendRequest, FromWriter, ToWriter } from './protocol.js';

/** Events in one transaction, about: more would only make the first of them wait. */
const GROUP = 512;

const port = parentPort;
if (!port) throw new Error('this file runs as a worker thread');

const { file } = workerData as { file: string };
const writer = new LogWriter(file);
const checkpoints = new Checkpoints(file, writer.db);
const commits = commitsChannel(file);
const answer = (message: FromWriter) => port.postMessage(message);

port.on('message', (first: ToWriter) => {
  const appends: AppendRequest[] = [];
  let events = 0;
  let message: ToWriter | undefined = first;
  while (message !== undefined && message !== 'close') {
    for (const append of message) {
      appends.push(append);
      events += append.events.length;
    }
    message = events < GROUP ? receiveMessageOnPort(port)?.message : undefined;
  }
  if (appends.length > 0) {
    const outcomes = writer.commit(appends);
    answer(outcomes);
    if (outcomes.some((outcome) => 'appended' in outcome && !outcome.appended.repeated)) commits.postMessage(null);
    checkpoints.committed(events);
  }
  if (message === 'close') void close();
});
answer('ready');

async function close(): Promise<void> {
  await checkpoints.close();
  writer.close();
  commits.close();
  port?.close();
}
