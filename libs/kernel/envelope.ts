import type { Instant, Precision } from './instant.js';
import type { Sector } from './sector.js';

/** Who did it: a pseudonymous staff id, never a name. */
export interface Actor {
  readonly staff: string;
  readonly role: Role;
  readonly organisation: string;
  readonly sector: Sector;
  /** The pilot whose business this person works on; absent for the programme's own roles. */
  readonly pilot?: string;
}

export const roles = [
  'coordinator', 'dutyManager', 'pilotLead', 'evaluator', 'auditor', 'administrator', 'system',
  // Somebody without an account who answers one offer by a one-use link (ADR 0007).
  'linkHolder',
] as const;
export type Role = (typeof roles)[number];

/** Why the record was written or read. */
export const purposes = [
  'directCare', 'emergency', 'import', 'simulation', 'evaluation', 'audit', 'administration',
] as const;
export type Purpose = (typeof purposes)[number];

/** All that is said about an event apart from where it lies in the log (DESIGN 4). Stored bytes never change. */
export interface Envelope {
  readonly eventId: string;
  readonly type: string;
  readonly schemaVersion: number;
  /** Every event of care names its person; programme events have none. */
  readonly person?: string;
  readonly pilot?: string;
  /** When care happened: given, may be late. */
  readonly occurredAt: Instant;
  readonly precision: Precision;
  /** When we learned it: written by the node that appends. */
  readonly recordedAt: Instant;
  readonly actor: Actor;
  readonly purpose: Purpose;
  readonly commandId: string;
  /** Keyed hash over the command's content: a repeat with other content is an error, for ever. */
  readonly commandHash: string;
  readonly correlationId: string;
  readonly causationId?: string;
  /** `web`, `api`, `fhir:<file>`, `simulation:<seed>` … */
  readonly source: string;
  readonly synthetic: boolean;
}

/** An event ready to be appended. */
export interface NewEvent<Data = unknown> extends Envelope {
  readonly data: Data;
}

/** An event as read back from a store. */
export interface RecordedEvent<Data = unknown> extends NewEvent<Data> {
  readonly stream: string;
  /** 0-based and gapless in its stream. */
  readonly revision: number;
  /** Opaque; resumes a reader and compares through the store (DESIGN 4). */
  readonly position: string;
  /** 1-based gapless number in the whole log; 0 where the reader did not count (a stream read on a cluster). */
  readonly ordinal: number;
}

/** What `decide` returns for each event; the handler adds the envelope around it. */
export interface DomainEvent<Type extends string = string, Data = unknown> {
  readonly type: Type;
  readonly data: Data;
  /** Where it differs from the command's own moment. */
  readonly occurredAt?: Instant;
  readonly precision?: Precision;
}

/** The event without where it lies. */
export const asGiven = ({ stream: _s, revision: _r, position: _p, ordinal: _o, ...event }: NewEvent & Partial<RecordedEvent>): NewEvent => event;
