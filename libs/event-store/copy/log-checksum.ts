import { createHash } from 'node:crypto';
import type { RecordedEvent } from '#kernel';
import { eventJson, storedJson } from '../event-json.js';

/** The event as it is stored: canonical envelope, data, stream and revision. */
export const canonicalEvent = (event: RecordedEvent): string => storedJson(eventJson(event.stream, event), event.revision);

/** Over every ordinal and what lies there: equal for two logs that hold the same history, whatever store keeps them. */
export class LogChecksum {
  private readonly hash = createHash('sha256');
  events = 0;

  add(ordinal: number, canonical: string): void {
    this.hash.update(`${ordinal}\t${canonical}\n`);
    this.events++;
  }

  /** Ends it. */
  digest(): string {
    return `sha256:${this.hash.digest('hex')}`;
  }
}
