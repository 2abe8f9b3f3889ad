/** A log, an executor and read models over people's histories, with a clock that tests set. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Executor, type Command, type CommandAnswer, type CommandMeta } from '#commands';
import { openMemoryEventStore } from '#event-store';
import type { Instant, RecordedEvent } from '#kernel';
import { pathwayReadModels, pathwayUseCases, recordFold } from '#pathway';
import { ReadModelReader, rebuild } from '#projections';
import { at, registry, type Entry } from '../../../test/support/history.js';
import { DeadlineRunner } from '../deadlines/runner.js';
import { Lease } from '../lease.js';

const TTL = 9_000;

export class Town {
  readonly store = openMemoryEventStore();
  readonly directory = mkdtempSync(join(tmpdir(), 'reactions-'));
  readonly reader = new ReadModelReader({ directory: join(this.directory, 'read-models'), log: this.store });
  readonly problems: string[] = [];
  /** Of care. */
  now: Instant = at('2011-03-01 09:00');
  private built = 0;
  /** Of leases. */
  millis = 0;
  private readonly clock = { now: () => this.now };
  private readonly executor = new Executor({
    store: this.store,
    registry,
    clock: this.clock,
    fold: recordFold as never,
    useCases: pathwayUseCases as never,
    synthetic: false,
    authorise: () => undefined,
    secrets: {
      commandHash: (content) => JSON.stringify(content),
      seal: (_, text) => `sealed:v1:${text}`,
      reseal: (sealed) => sealed,
    },
  });

  async happens(...entries: readonly Entry[]): Promise<void> {
    for (const { stream, event } of entries) await this.store.append(stream, 'any', [event]);
  }

  readonly execute = (command: Command, meta: CommandMeta): Promise<CommandAnswer> =>
    this.executor.execute(command, meta);

  /** One of possibly several nodes. */
  node(execute = this.execute, caughtUp = this.bringUpToDate): DeadlineRunner {
    const { reader, clock, problems } = this;
    const lease = new Lease({
      file: join(this.directory, 'lease.db'),
      name: 'deadlines',
      ttl: TTL,
      now: () => this.millis,
    });
    return new DeadlineRunner({ reader, caughtUp, execute, clock, lease, onProblem: (said) => problems.push(said) });
  }

  readonly bringUpToDate = async (): Promise<boolean> => {
    const { ordinal = 0 } = await this.store.head();
    if (ordinal === this.built) return true;
    this.built = ordinal;
    const directory = join(this.directory, 'read-models');
    await rebuild({ directory, reader: this.store, registry, readModels: pathwayReadModels, serve: true });
    return true;
  };

  /** Types of the events that the runner brought about, in order. */
  async done(): Promise<readonly string[]> {
    return (await this.all()).filter(({ source }) => source === 'deadlines').map(({ type }) => type);
  }

  async all(): Promise<readonly RecordedEvent[]> {
    return (await this.store.readAll({ limit: 1000 })).events;
  }

  async close(): Promise<void> {
    await this.reader.close();
    await this.store.close();
    rmSync(this.directory, { recursive: true, force: true });
  }
}
