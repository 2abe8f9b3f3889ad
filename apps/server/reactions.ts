/** What the running product does by itself: reminders, escalations, lapses (DESIGN 3). */
import { filter, type Subscription } from 'rxjs';
import type { ProjectionMessage } from '#projections';
import { DeadlineRunner, Lease, type DeadlineStatus } from '#reactions';
import type { Engine } from './engine.js';
import type { Log } from './operations/log.js';

export interface Reactions {
  deadlines(): DeadlineStatus;
  /** Finishes the step under way. */
  stop(): Promise<void>;
}

/** The lists get this long to catch up before they are asked again, milliseconds. */
const CATCH_UP_WITHIN = 5_000;

const concernsDeadlines = (message: ProjectionMessage): boolean =>
  message.kind === 'served' ||
  (message.kind === 'advanced' && message.served && message.tables.some((table) => table === 'deadline'));

/** Undefined where nothing is projected: what is due is read from the lists. */
export function startReactions(engine: Engine, log: Log): Reactions | undefined {
  const { projector, store, reader, executor, clock } = engine;
  if (!projector) return undefined;
  const lease = new Lease({ file: engine.file('lease.db'), name: 'deadlines' });
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
  const changes: Subscription = projector.changes$.pipe(filter(concernsDeadlines)).subscribe(() => runner.wake());
  runner.start();
  return {
    deadlines: () => runner.status(),
    async stop() {
      changes.unsubscribe();
      await runner.stop();
      lease.release();
    },
  };
}
