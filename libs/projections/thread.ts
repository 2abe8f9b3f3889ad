/** What passes between the projector's thread and the one that started it. */
import type { EventReader } from '#event-store';
import type { EventRegistry } from '#kernel';
import type { ReadModel } from './definition.js';
import type { ReadModelsPlace } from './place.js';
import type { RunnerOptions } from './runner.js';

/** What the module named in `ProjectorOptions.setup` makes, in the projector's thread. */
export interface ProjectorSetup {
  /** Closed by whoever asked for it. */
  openReader(): Promise<EventReader>;
  readonly registry: EventRegistry;
  readonly readModels: readonly ReadModel[];
  /** See `RunnerOptions.previous`. */
  readonly previous?: readonly ReadModel[];
}

export type Tuning = Pick<RunnerOptions, 'batch' | 'cachedEvents' | 'eventsPerPart' | 'keepOldMs' | 'spoolIn'>;

export interface WorkerInput {
  readonly module: string;
  readonly options: unknown;
  readonly runner: Tuning & ReadModelsPlace;
}

export interface Ask {
  readonly id: number;
  readonly ask: 'stop' | 'retryQuarantined';
}

/** Another process projects into the same place; this thread waits for its turn. */
export interface StandsBy {
  readonly kind: 'standsBy';
  readonly because: string;
}

export interface Answer {
  readonly kind: 'answer';
  readonly id: number;
  readonly value?: number;
  readonly error?: string;
}
