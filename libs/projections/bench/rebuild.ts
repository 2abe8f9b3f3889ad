/** How fast every read model is built from the log, beside reading and parsing that log and nothing else. */
import { rebuild, type Rebuilt, type RebuildPlan } from '../rebuild.js';

export interface Resident {
  /** Highest resident memory while it worked, MB. */
  readonly peakResidentMb: number;
  /** What the process held before. */
  readonly residentBeforeMb: number;
}

const PAGE = 5_000;
const SAMPLE_MS = 20;

/** What is built is thrown away. Memory means most in a process of its own. */
export const measureRebuild = (options: RebuildPlan): Promise<Rebuilt & Resident> =>
  sampled(() => rebuild({ ...options, serve: false }));

/** Events a second of reading and parsing alone. */
export async function measureReading(reader: RebuildPlan['reader']): Promise<number> {
  const started = performance.now();
  let events = 0;
  let after: { position: string; ordinal: number } | undefined;
  for (;;) {
    const page = await reader.readAll({ limit: PAGE, ...(after && { after: after.position, afterOrdinal: after.ordinal }) });
    events += page.events.length;
    if (page.atHead || !page.next) return Math.round((events * 1000) / (performance.now() - started));
    after = page.next;
  }
}

async function sampled<T extends object>(work: () => Promise<T>): Promise<T & Resident> {
  const before = process.memoryUsage.rss();
  let peak = before;
  const sample = () => void (peak = Math.max(peak, process.memoryUsage.rss()));
  const timer = setInterval(sample, SAMPLE_MS);
  try {
    const done = await work();
    sample();
    return { ...done, peakResidentMb: megabytes(peak), residentBeforeMb: megabytes(before) };
  } finally {
    clearInterval(timer);
  }
}

const megabytes = (bytes: number): number => Math.round(bytes / 1e6);
