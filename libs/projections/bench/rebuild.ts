/** How fast every read model is built from the log, beside reading and parsing that log and nothing else. */
import { collectGarbage } from '../collect-garbage.js';
import { rebuild, type RebuildOptions } from '../rebuild.js';

export interface RebuildFigures {
  readonly events: number;
  readonly seconds: number;
  readonly eventsPerSecond: number;
  /** Reading and parsing alone, in the same run. */
  readonly floorEventsPerSecond: number;
  readonly ratio: number;
  /** Highest resident memory during the rebuild, and what the process held before it, in MB. */
  readonly peakResidentMb: number;
  readonly residentBeforeMb: number;
  readonly checksum: string;
}

const PAGE = 5_000;

/**
 * Memory means most in a process of its own. What is built is thrown away.
 *
 * @param floor reads and parses the whole log and returns how many events it holds; by way of `reader` when absent
 */
export async function benchRebuild(
  options: Omit<RebuildOptions, 'serve' | 'onProgress'>,
  floor: () => Promise<number> = () => readThrough(options.reader),
): Promise<RebuildFigures> {
  // Once unmeasured: both then find the log in the system's cache.
  await floor();
  const started = performance.now();
  const floorEventsPerSecond = Math.round((await floor()) / ((performance.now() - started) / 1000));
  collectGarbage();
  const residentBefore = process.memoryUsage.rss();
  let peak = residentBefore;
  const sample = () => (peak = Math.max(peak, process.memoryUsage.rss()));
  const { events, seconds, eventsPerSecond, checksum } = await rebuild({ ...options, serve: false, onProgress: sample });
  sample();
  return {
    events,
    seconds,
    eventsPerSecond,
    floorEventsPerSecond,
    ratio: eventsPerSecond / floorEventsPerSecond,
    peakResidentMb: megabytes(peak),
    residentBeforeMb: megabytes(residentBefore),
    checksum,
  };
}

async function readThrough(reader: RebuildOptions['reader']): Promise<number> {
  let events = 0;
  let after: { position: string; ordinal: number } | undefined;
  for (;;) {
    const page = await reader.readAll({ limit: PAGE, ...(after && { after: after.position, afterOrdinal: after.ordinal }) });
    events += page.events.length;
    if (page.atHead || !page.next) return events;
    after = page.next;
  }
}

const megabytes = (bytes: number): number => Math.round(bytes / 1e6);
