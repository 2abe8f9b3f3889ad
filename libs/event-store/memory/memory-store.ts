import { checkAppend, judgeAppend } from '../append-rules.js';
import { parseStored, storedJson } from '../event-json.js';
import { follow, type Bell } from '../follow.js';
import type { EventStore, Page, Position } from '../port.js';
import { checkReadAll, checkReadStream, ordinalOf } from '../read-rules.js';
import { inPart } from '../subject.js';

/** What outlives a store: the stored text of every event in order, and each stream's ordinals. */
export interface MemoryLog {
  readonly stored: string[];
  readonly streams: Map<string, number[]>;
}

export const newMemoryLog = (): MemoryLog => ({ stored: [], streams: new Map() });

/** For tests: the rules of the port without a disk. Opening the same `log` again is a restart. */
export function openMemoryEventStore(log: MemoryLog = newMemoryLog()): EventStore {
  const bell = new MemoryBell();
  const at = (ordinal: number) => parseStored(log.stored[ordinal - 1]!, ordinal);

  const store: EventStore = {
    async append(stream, expected, events) {
      const encoded = checkAppend(stream, expected, events);
      const ordinals = log.streams.get(stream) ?? [];
      const ids = new Set(events.map((event) => event.eventId));
      const there = ordinals.map(at).filter((event) => ids.has(event.eventId));
      const stored = new Map(there.map((event) => [event.eventId, event]));
      const repeated = judgeAppend(stream, expected, events, ordinals.length - 1, stored);
      if (repeated) return repeated;
      for (const json of encoded) ordinals.push(log.stored.push(storedJson(json, ordinals.length)));
      log.streams.set(stream, ordinals);
      bell.ring();
      return { revision: ordinals.length - 1, position: String(log.stored.length), repeated: false };
    },

    async readStream(stream, options = {}) {
      checkReadStream(options);
      const { from = 0, limit = Infinity } = options;
      return (log.streams.get(stream) ?? []).slice(from, from + limit).map(at);
    },

    async readAll(options): Promise<Page> {
      checkReadAll(options);
      const { after, limit, part } = options;
      const head = log.stored.length;
      const end = Math.min(head, options.toOrdinal ?? head);
      const events = [];
      let ordinal = after === undefined ? 0 : ordinalOf(after);
      while (ordinal < end && events.length < limit) {
        const event = at(++ordinal);
        if (!part || inPart(event, part)) events.push(event);
      }
      const next = ordinal === 0 ? undefined : { position: String(ordinal), ordinal };
      return { events, next, atHead: ordinal >= head };
    },

    subscribe: (options) => follow(store, bell, options),

    async head() {
      const ordinal = log.stored.length;
      return ordinal === 0 ? { ordinal } : { ordinal, position: String(ordinal) };
    },

    comparePositions: (a: Position, b: Position) => ordinalOf(a) - ordinalOf(b),

    async close() {},
  };
  return store;
}

class MemoryBell implements Bell {
  rings = 0;
  private readonly sleepers = new Set<() => void>();

  ring(): void {
    this.rings++;
    for (const wake of this.sleepers) wake();
  }

  async wait(seen: number, signal: AbortSignal): Promise<void> {
    if (this.rings > seen || signal.aborted) return;
    await new Promise<void>((resolve) => {
      const wake = () => {
        this.sleepers.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.sleepers.add(wake);
      signal.addEventListener('abort', wake);
    });
  }
}
