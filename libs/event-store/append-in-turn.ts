import type { Run, StoreUnavailableError } from './port.js';

/** Appends under way at once. */
const WIDTH = 512;

/**
 * For a store that keeps the order of the calls by itself: the order of the log is the order of the runs, whatever stream
 * each is of. @throws what an append failed with, once all that are under way have ended
 */
export async function appendInTurn(
  append: (run: Run) => Promise<unknown>, runs: AsyncIterable<Run>, onAppended: (events: number) => void,
): Promise<void> {
  const waiting: Promise<unknown>[] = [];
  let events = 0;
  let failed: StoreUnavailableError | undefined;
  try {
    for await (const run of runs) {
      if (failed) break;
      const appended = append(run);
      appended.then(() => onAppended((events += run.events.length)), (cause: StoreUnavailableError) => (failed ??= cause));
      waiting.push(appended);
      if (waiting.length >= WIDTH) await waiting.shift();
    }
  } finally {
    await Promise.allSettled(waiting);
  }
  if (failed) throw failed;
}
