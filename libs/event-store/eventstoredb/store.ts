import type { EventStore } from '../port.js';
import { checkAppend } from '../append-rules.js';
import { readAddress, type EventStoreDbAddress } from './address.js';
import { Appender } from './appender.js';
import { defaultLimits, Line, type Limits } from './line.js';
import { Nodes } from './nodes.js';
import { comparePositions } from './position.js';
import { LogReader } from './reader.js';
import { subscribeToLog } from './subscription.js';

export interface EventStoreDbOptions extends EventStoreDbAddress, Partial<Limits> {}

export interface EventStoreDb extends EventStore {
  /** `23.10.6`, as the server says it. @throws StoreUnavailableError */
  serverVersion(): Promise<string>;
}

/**
 * Connects at the first call, and once more at the first append.
 * @throws AddressError
 */
export function createEventStoreDb(options: EventStoreDbOptions): EventStoreDb {
  const target = readAddress(options);
  const { attemptTimeout, patience, idleProbe }: Limits = { ...defaultLimits, ...options };
  const limits = { attemptTimeout, patience, idleProbe };
  const nodes = new Nodes(target);
  const line = new Line(target, limits, nodes);
  const reader = new LogReader(line);
  // On a connection of its own: a read that fails and takes its connection with it leaves no append in doubt.
  const appends = new Line(target, limits, nodes);
  const closing = new AbortController();
  let appender: Appender | undefined;

  const appending = (): Appender => {
    closing.signal.throwIfAborted();
    return (appender ??= new Appender(appends, reader));
  };

  return {
    async append(stream, expected, events) {
      const checked = checkAppend(stream, expected, events);
      return appending().append(stream, expected, events, checked);
    },

    async appendInOrder(runs, onAppended) {
      await appending().appendInOrder(runs, onAppended);
    },

    async readStream(stream, options = {}) {
      const events = await reader.readStream(stream, options, appender?.headOf(stream));
      appender?.learn(stream, options.from ?? 0, events);
      return events;
    },

    readAll: (options) => reader.readAll(options),

    readRaw: (options) => reader.readRaw(options),

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
      await Promise.all([line.close(), appends.close()]);
    },
  };
}
