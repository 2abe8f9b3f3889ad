import { createHash } from 'node:crypto';
import type { RecordedEvent } from '#kernel';
import { eventJson, storedJson } from './event-json.js';

/** The event as it is stored: canonical envelope, data, stream and revision. */
export const canonicalEvent = (event: RecordedEvent): string => storedJson(eventJson(event.stream, event), event.revision);

/** Characters hashed together: a call costs as much as a few events. */
const AT_ONCE = 65_536;

/** Over every ordinal and what lies there: equal for two logs that hold the same history, whatever store keeps them. */
export class LogChecksum {
  private readonly hash = createHash('sha256');
  private pending = '';
  events = 0;

  add(ordinal: number, canonical: string): void {
    this.pending += `${ordinal}\t${canonical}\n`;
    if (this.pending.length >= AT_ONCE) this.take();
    this.events++;
  }

  /** Ends it. */
  digest(): string {
    this.take();
    return `sha256:${this.hash.digest('hex')}`;
  }

  private take(): void {
    this.hash.update(this.pending);
    this.pending = '';
  }
}
