import type { EventStore } from '../port.js';
import { checkAppend } from '../append-rules.js';
import { readAddress, type EventStoreDbAddress } from './address.js';
import { leaseAppender, type AppenderLease } from './appending.js';
import { defaultLimits, Line, type Limits } from './line.js';
import { comparePositions } from './position.js';
import { LogReader } from './reader.js';
import { subscribeToLog } from './subscription.js';

export interface EventStoreDbOptions extends EventStoreDbAddress, Partial<Limits> {}

export interface EventStoreDb extends EventStore {
  /** `23.10.6`, as the server says it. @throws StoreUnavailableError */
  serverVersion(): Promise<string>;
}

/**
 * Connects at the first call. A store that never appends holds no appending client.
 * @throws AddressError
 */
export function createEventStoreDb(options: EventStoreDbOptions): EventStoreDb {
  const target = readAddress(options);
  const { attemptTimeout, patience, idleProbe }: Limits = { ...defaultLimits, ...options };
  const limits = { attemptTimeout, patience, idleProbe };
  const line = new Line(target, limits);
  const reader = new LogReader(line);
  const closing = new AbortController();
  let leasing: Promise<AppenderLease> | undefined;
  let lease: AppenderLease | undefined;

  const appending = async (): Promise<AppenderLease> => {
    closing.signal.throwIfAborted();
    leasing ??= leaseAppender(target, limits);
    try {
      return (lease = await leasing);
    } catch (error) {
      leasing = undefined;
      throw error;
    }
  };

  return {
    async append(stream, expected, events) {
      const checked = checkAppend(stream, expected, events);
      return (await appending()).appender.append(stream, expected, events, checked);
    },

    async appendInOrder(runs, onAppended) {
      await (await appending()).appender.appendInOrder(runs, onAppended);
    },

    async readStream(stream, options = {}) {
      const events = await reader.readStream(stream, options, lease?.appender.headOf(stream));
      lease?.appender.learn(stream, options.from ?? 0, events);
      return events;
    },

    readAll: (options) => reader.readAll(options),

    subscribe: (options) =>
      subscribeToLog(target, limits, {
        ...options,
        signal: AbortSignal.any([options.signal, closing.signal]),
      }),

    head: () => reader.head(),

    comparePositions,

    serverVersion: async () => {
      const version = await line.call('ask for the version', line.deadline(), (session) => session.serverVersion());
      return version.split('.').slice(0, 3).join('.');
    },

    async close() {
      closing.abort(new Error('the event store has been closed'));
      await Promise.all([line.close(), leasing?.then((held) => held.release())]);
    },
  };
}
