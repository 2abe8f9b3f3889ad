import type { DomainEvent } from './envelope.js';

/**
 * "Not possible in this state", in words a coordinator can act on. `code` is stable and documented; `detail` says
 * what to do next. A refusal changes nothing and is not recorded.
 */
export interface Refusal {
  readonly refused: true;
  readonly code: string;
  readonly detail: string;
  /** Facts a caller may show or act on, such as the successor of a closed team. Never identifies a person. */
  readonly about?: Readonly<Record<string, string | number | readonly string[]>>;
}

/** Events to append; an empty list means the state already says so. */
export type Decision<E extends DomainEvent = DomainEvent> = readonly E[] | Refusal;

export const refuse = (code: string, detail: string, about?: Refusal['about']): Refusal => ({
  refused: true,
  code,
  detail,
  ...(about && { about }),
});

export const isRefusal = (decision: Decision): decision is Refusal => 'refused' in decision;
