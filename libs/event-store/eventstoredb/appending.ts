import type { Target } from './address.js';
import { Appender } from './appender.js';
import { Line, type Limits } from './line.js';
import { Nodes } from './nodes.js';
import { LogReader } from './reader.js';

/** A share in the one appender of this process. */
export interface AppenderLease {
  readonly appender: Appender;
  release(): Promise<void>;
}

interface Shared {
  readonly server: string;
  readonly appender: Appender;
  readonly lines: readonly Line[];
  users: number;
}

let shared: Shared | undefined;
let ended: Promise<unknown> = Promise.resolve();

/**
 * Clients of one process are not isolated: they keep their pending appends in one map, and a broken connection of one
 * rejects the appends of all (docs/event-store-eventstoredb.md). So all stores opened on one server share one appending
 * client, and a second server is refused. Worker threads have modules, and so maps, of their own.
 */
export async function leaseAppender(target: Target, limits: Limits): Promise<AppenderLease> {
  await ended;
  if (shared && shared.server !== target.name) {
    throw new Error('this process appends to another EventStoreDB already; close that store, or use a worker thread');
  }
  shared ??= open(target, limits);
  const mine = shared;
  mine.users++;
  return {
    appender: mine.appender,
    async release() {
      if (--mine.users > 0) return;
      shared = undefined;
      ended = Promise.all(mine.lines.map((line) => line.close()));
      await ended;
    },
  };
}

function open(target: Target, limits: Limits): Shared {
  const nodes = new Nodes(target);
  const appends = new Line(target, limits, nodes);
  const reads = new Line(target, limits, nodes);
  return { server: target.name, appender: new Appender(appends, new LogReader(reads)), lines: [appends, reads], users: 0 };
}
