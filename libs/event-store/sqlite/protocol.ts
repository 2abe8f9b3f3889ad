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

/** All of them or none, in one transaction: for a copy, whose order matters. */
export interface AllOrNone {
  readonly together: readonly AppendRequest[];
}

export type Outcome =
  | { readonly appended: Appended }
  | { readonly wrongRevision: number }
  | { readonly idConflict: string }
  /** Nothing of the group was written. */
  | { readonly failed: string };

/** Of the last that was appended, or of the first that was refused and its place among them. */
export type OutcomeTogether = Outcome & { readonly at: number };

/** Appends in the order in which they were asked for, or the end. */
export type ToWriter = readonly AppendRequest[] | AllOrNone | 'close';

/** One outcome an append, in order, and one for all that were sent together; `ready` once. */
export type FromWriter = readonly (Outcome | OutcomeTogether)[] | 'ready';
