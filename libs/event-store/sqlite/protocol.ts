/** What the request threads and the writer's thread tell each other. */
import type { Appended, Expected } from '../port.js';

export interface AppendRequest {
  readonly stream: string;
  readonly expected: Expected;
  readonly events: readonly EventRequest[];
}

export interface EventRequest {
  readonly eventId: string;
  readonly subject: number;
  readonly head: string;
  readonly tail: string;
}

export type Outcome =
  | { readonly appended: Appended }
  | { readonly wrongRevision: number }
  | { readonly idConflict: string }
  /** Nothing of the group was written. */
  | { readonly failed: string };

/** Appends in the order in which they were asked for, or the end. */
export type ToWriter = readonly AppendRequest[] | 'close';

/** One outcome an append, in order; `ready` once. */
export type FromWriter = readonly Outcome[] | 'ready';
