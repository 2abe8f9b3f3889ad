import type { StoreUnavailableError } from './port.js';

/** Appends under way at once where nobody said. */
const WIDTH = 512;

/**
 * For a store that keeps the order of the calls by itself: the order of the log is the order of the items, whatever stream
 * each is of. @throws what an append failed with, once all that are under way have ended
 * @param append answers how many events it appended
 */
export async function appendInTurn<Item>(
  append: (item: Item) => Promise<number>, items: AsyncIterable<Item>, onAppended: (events: number) => void, width = WIDTH,
): Promise<void> {
  const waiting: Promise<unknown>[] = [];
  let events = 0;
  let failed: StoreUnavailableError | undefined;
  try {
    for await (const item of items) {
      if (failed) break;
      const appended = append(item);
      appended.then((more) => onAppended((events += more)), (cause: StoreUnavailableError) => (failed ??= cause));
      waiting.push(appended);
      if (waiting.length >= width) await waiting.shift();
    }
  } finally {
    await Promise.allSettled(waiting);
  }
  if (failed) throw failed;
}
