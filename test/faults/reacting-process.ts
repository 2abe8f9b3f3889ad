/**
 * A process that does what falls due and tells a receiver of it, and kills itself at the step that it is told: the
 * parts of the running product between the log and the outside, with a clock that stands still.
 */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Executor, type Command, type CommandMeta } from '#commands';
import { sqlitePlace } from '#database';
import { openSqliteEventStore } from '#event-store';
import { fixedClock } from '#kernel';
import { pathwayReadModels, pathwayUseCases, recordFold } from '#pathway';
import { ReadModelReader, rebuild } from '#projections';
import { DeadlineRunner, Lease, Outbox } from '#reactions';
import { registry } from '../support/history.js';

/** Between any two steps: lists read, command asked for, event written, message collected, request sent, marked. */
export const steps = ['read', 'asked', 'written', 'sending', 'received'] as const;
export type Step = (typeof steps)[number];

export interface Order {
  readonly directory: string;
  readonly now: string;
  readonly url: string;
  readonly secret: string;
  readonly types: readonly string[];
  /** Undefined for one that works until it is killed from outside. */
  readonly dieAt?: Step;
}

const { directory, now, url, secret, types, dieAt } = JSON.parse(process.argv[2] ?? '') as Order;
const dieIf = (step: Step): void => {
  if (step === dieAt) process.kill(process.pid, 'SIGKILL');
};

const TTL = 300;
const store = await openSqliteEventStore({ file: join(directory, 'log.db') });
const readModels = join(directory, 'read-models');
const executor = new Executor({
  store,
  registry,
  clock: fixedClock(now),
  fold: recordFold as never,
  useCases: pathwayUseCases as never,
  synthetic: false,
  authorise: () => undefined,
  secrets: { commandHash: (content) => JSON.stringify(content), sealing: async () => (text) => text, resealing: async () => (sealed) => sealed },
});
const lease = (name: string) => new Lease({ place: sqlitePlace(directory), name, ttl: TTL });
const onProblem = (problem: string) => process.stderr.write(`${problem}\n`);

const runner = new DeadlineRunner({
  reader: new ReadModelReader({ directory: readModels, log: store }),
  clock: fixedClock(now),
  lease: lease('deadlines'),
  onProblem,
  async caughtUp() {
    await rebuild({ directory: readModels, reader: store, registry, readModels: pathwayReadModels, serve: true });
    dieIf('read');
    return true;
  },
  async execute(command: Command, meta: CommandMeta) {
    dieIf('asked');
    const answer = await executor.execute(command, meta);
    dieIf('written');
    return answer;
  },
});
const outbox = new Outbox({
  place: sqlitePlace(directory),
  reader: store,
  registry,
  subscriptions: [{ id: 'hub', url, secret, types: [...types] }],
  lease: lease('outbox'),
  onProblem,
  async post(to, headers, body) {
    dieIf('sending');
    const { status } = await fetch(to, { method: 'POST', headers, body });
    dieIf('received');
    return status;
  },
});
outbox.start();
runner.start();
// Whoever started it ends it; an hour is longer than any test.
await sleep(3_600_000);
