import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { EventStore } from '#event-store';
import type { Engine } from '../engine.js';
import type { Reactions } from '../reactions.js';

const milliseconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];

/** What Prometheus reads at `/metrics`. Labels are names of ours, never of people. */
export class Measures {
  readonly registry = new Registry();
  readonly requests = new Histogram({
    name: 'throughcare_http_request_seconds',
    help: 'Time to answer, by route',
    labelNames: ['method', 'route', 'status'],
    buckets: milliseconds,
    registers: [this.registry],
  });
  readonly commands = new Counter({
    name: 'throughcare_commands_total',
    help: 'Commands by outcome: done, repeated, or the code of the problem',
    labelNames: ['command', 'outcome'],
    registers: [this.registry],
  });
  private readonly appends = new Histogram({
    name: 'throughcare_append_seconds',
    help: 'Time until an append is durable, in the log of care and in the access log',
    labelNames: ['log', 'outcome'],
    buckets: milliseconds,
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry, prefix: 'throughcare_' });
  }

  /** Reads projector and outbox when it is asked, so nothing runs in between. */
  watch(engine: Pick<Engine, 'projector'>, reactions?: Reactions): void {
    const lag = (name: string, help: string, value: () => number) =>
      new Gauge({
        name,
        help,
        registers: [this.registry],
        collect() {
          this.set(value());
        },
      });
    lag(
      'throughcare_projection_events_behind',
      'Events that the served read models do not include yet',
      () => engine.projector?.freshness()?.eventsBehind ?? 0,
    );
    lag(
      'throughcare_projection_incomplete',
      'Subjects whose fold failed',
      () => engine.projector?.freshness()?.incomplete ?? 0,
    );
    lag('throughcare_projector_up', '1 while the projector runs, or stands by for that of another process', () =>
      ['running', 'standby'].includes(engine.projector?.status().state ?? '') ? 1 : 0,
    );
    new Gauge({
      name: 'throughcare_webhook_messages',
      help: 'Messages to receivers outside by state: dead were given up',
      labelNames: ['state'],
      registers: [this.registry],
      async collect() {
        const status = await reactions?.outbox();
        for (const [state, count] of Object.entries(status?.counts ?? {})) this.set({ state }, count);
      },
    });
  }

  /** The same store, with every append timed. */
  timed(store: EventStore, log: 'care' | 'access' = 'care'): EventStore {
    return {
      append: async (...args) => {
        const end = this.appends.startTimer();
        try {
          const appended = await store.append(...args);
          end({ log, outcome: appended.repeated ? 'repeated' : 'written' });
          return appended;
        } catch (error) {
          end({ log, outcome: (error as Error).constructor.name });
          throw error;
        }
      },
      readStream: (...args) => store.readStream(...args),
      readAll: (...args) => store.readAll(...args),
      subscribe: (...args) => store.subscribe(...args),
      head: () => store.head(),
      comparePositions: (a, b) => store.comparePositions(a, b),
      close: () => store.close(),
    };
  }
}
