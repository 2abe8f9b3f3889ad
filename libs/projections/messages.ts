/** What a projector tells those who show or watch its work; plain data that crosses threads. */
import type { Instant } from '#kernel';

/** Rows and checkpoint moved together. */
export interface Advanced {
  readonly kind: 'advanced';
  readonly generation: string;
  /** True where this is the generation that is served. */
  readonly served: boolean;
  readonly position: string | undefined;
  readonly ordinal: number;
  readonly knownAt: Instant | undefined;
  readonly eventsBehind: number;
  readonly incomplete: number;
  /** Tables whose rows changed. */
  readonly tables: readonly string[];
  /** People, or streams that concern nobody, whose events were taken in. */
  readonly subjects: readonly string[];
}

/** A generation is being built beside the served one. */
export interface Building {
  readonly kind: 'building';
  readonly generation: string;
  /** See `Progress`. */
  readonly doing: 'reading' | 'building';
  readonly events: number;
  readonly total: number | undefined;
  readonly eventsPerSecond: number;
}

/** Readers move to this generation. */
export interface Served {
  readonly kind: 'served';
  readonly generation: string;
}

/** This generation goes no further until another release, and says why. */
export interface Stopped {
  readonly kind: 'stopped';
  readonly generation: string;
  readonly served: boolean;
  readonly reason: string;
}

/** It goes on after a pause, from its checkpoint. */
export interface Troubled {
  readonly kind: 'troubled';
  readonly generation: string;
  readonly problem: string;
  readonly retryInMs: number;
}

export interface InQuarantine {
  readonly kind: 'quarantined';
  readonly generation: string;
  readonly readModel: string;
  readonly subject: string;
  readonly eventId: string;
  readonly ordinal: number;
  readonly error: string;
}

export type ProjectionMessage = Advanced | Building | Served | Stopped | Troubled | InQuarantine;

/** The last word on each generation. */
export interface GenerationStatus {
  readonly generation: string;
  readonly served: boolean;
  readonly state: 'building' | 'catchingUp' | 'live' | 'stopped';
  readonly position?: string | undefined;
  readonly ordinal: number;
  readonly knownAt?: Instant | undefined;
  readonly eventsBehind: number;
  readonly incomplete: number;
  readonly building?: Pick<Building, 'doing' | 'events' | 'total' | 'eventsPerSecond'>;
  /** Why it stopped, or what it last stumbled over. */
  readonly problem?: string;
}
