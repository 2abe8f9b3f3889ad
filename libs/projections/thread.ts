/** What passes between the projector's thread and the one that started it. */
import type { EventReader } from '#event-store';
import type { EventRegistry } from '#kernel';
import type { ReadModel } from './definition.js';
import type { ReadModelsPlace } from './place.js';
import type { RunnerOptions } from './runner.js';

/** What the module named in `ProjectorOptions.setup` makes, in the projector's thread. */
export interface ProjectorSetup {
  /** Closed when the projector stops. */
  readonly reader: EventReader;
  readonly registry: EventRegistry;
  readonly readModels: readonly ReadModel[];
  /** See `RunnerOptions.previous`. */
  readonly previous?: readonly ReadModel[];
}

export type Tuning = Pick<RunnerOptions, 'batch' | 'cachedEvents' | 'eventsPerPart' | 'keepOldMs'>;

export interface WorkerInput {
  readonly module: string;
  readonly options: unknown;
  readonly runner: Tuning & ReadModelsPlace;
}

/** Another process projects: this thread waits for its turn. */
export interface StandingBy {
  readonly kind: 'standingBy';
}

export interface Ask {
  readonly id: number;
  readonly ask: 'stop' | 'retryQuarantined';
}

export interface Answer {
  readonly kind: 'answer';
  readonly id: number;
  readonly value?: number;
  readonly error?: string;
}
