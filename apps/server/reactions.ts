/** What the running product does by itself: reminders, escalations, lapses, and telling others (DESIGN 3). */
import { filter } from 'rxjs';
import type { ProjectionMessage } from '#projections';
import { DeadlineRunner, Lease, Outbox, type DeadlineStatus, type OutboxStatus, type Subscription } from '#reactions';
import type { Engine } from './engine.js';
import type { Log } from './operations/log.js';

export interface Reactions {
  deadlines(): DeadlineStatus;
  /** Undefined where nobody is told outside. */
  outbox(): Promise<OutboxStatus | undefined>;
  /** Finishes the step under way. */
  stop(): Promise<void>;
}

interface Part<Status> {
  status(): Status;
  stop(): Promise<void>;
}

/** The lists get this long to catch up before they are asked again, milliseconds. */
const CATCH_UP_WITHIN = 5_000;

/** Undefined where nothing is projected: what is due is read from the lists. */
export function startReactions(
  engine: Engine,
  log: Log,
  subscriptions: readonly Subscription[] = [],
): Reactions | undefined {
  const deadlines = startDeadlines(engine, log);
  if (!deadlines) return undefined;
  const outbox = subscriptions.length > 0 ? startOutbox(engine, log, subscriptions) : undefined;
  return {
    deadlines: () => deadlines.status(),
    outbox: async () => outbox?.status(),
    stop: async () => {
      await Promise.all([deadlines.stop(), outbox?.stop()]);
    },
  };
}

const concernsDeadlines = (message: ProjectionMessage): boolean =>
  message.kind === 'served' || (message.kind === 'advanced' && message.served && message.tables.includes('deadline'));

function startDeadlines(engine: Engine, log: Log): Part<DeadlineStatus> | undefined {
  const { projector, store, reader, executor, clock } = engine;
  if (!projector) return undefined;
  const lease = new Lease({ place: engine.state, name: 'deadlines' });
  const runner = new DeadlineRunner({
    reader,
    clock,
    lease,
    execute: (command, meta) => executor.execute(command, meta),
    caughtUp: async () => {
      const { position } = await store.head();
      return position === undefined || projector.waitFor(position, CATCH_UP_WITHIN);
    },
    onProblem: (problem) => log.warn({ problem }, 'reminders and escalations: tried again in a moment'),
  });
  const changes = projector.changes$.pipe(filter(concernsDeadlines)).subscribe(() => runner.wake());
  runner.start();
  return {
    status: () => runner.status(),
    async stop() {
      changes.unsubscribe();
      await runner.stop();
      await lease.release();
    },
  };
}

function startOutbox(engine: Engine, log: Log, subscriptions: readonly Subscription[]): Part<Promise<OutboxStatus>> {
  const { store: reader, registry } = engine;
  const lease = new Lease({ place: engine.state, name: 'outbox' });
  const outbox = new Outbox({
    place: engine.state,
    reader,
    registry,
    subscriptions,
    lease,
    onProblem: (problem) => log.warn({ problem }, 'webhooks: tried again in a moment'),
  });
  outbox.start();
  return {
    status: () => outbox.status(),
    async stop() {
      await outbox.stop();
      await lease.release();
    },
  };
}
