import type { RecordedEvent } from '#kernel';
import { canonicalEvent, LogChecksum } from '../log-checksum.js';
import type { EventStore, RunningSum, Summed } from '../port.js';
import { eventsUntil } from './runs.js';

/** The sum of what lies in the target of a copy, read back from it: never of what was sent. */
export interface TargetSum {
  /** Found there before the copy, in order. */
  found(event: RecordedEvent, canonical: string): void;
  /** The target has so many by now. */
  reached(events: number): void;
  /** @throws StoreUnavailableError */
  end(onProgress: (events: number) => void): Promise<Summed>;
  close(): Promise<void>;
}

export const targetSum = (to: EventStore): TargetSum => (to.sumBeside ? besides(to.sumBeside()) : afterwards(to));

/** It reads what was found there a second time; but beside the others. */
const besides = (sum: RunningSum): TargetSum => ({
  found: ({ ordinal }) => sum.upTo(ordinal),
  reached: (events) => sum.upTo(events),
  end: (onProgress) => sum.end(onProgress),
  close: () => sum.close(),
});

/** Goes on behind what was found there, once all is there. */
function afterwards(to: EventStore): TargetSum {
  const sum = new LogChecksum();
  let last: RecordedEvent | undefined;
  return {
    found(event, canonical) {
      sum.add(event.ordinal, canonical);
      last = event;
    },
    reached: () => undefined,
    async end(onProgress) {
      const { position } = await to.head();
      for await (const event of eventsUntil(to, position, last)) {
        sum.add(event.ordinal, canonicalEvent(event));
        onProgress(sum.events);
      }
      return { events: sum.events, checksum: sum.digest() };
    },
    close: async () => undefined,
  };
}
