import type { Instant } from '#kernel';
import type { AnswerLink, LinkStanding } from '../../domain/answer-link/state.js';
import type { IdentityStrength, Urgency } from '../../domain/codes.js';
import type { Team } from '../../domain/fields.js';
import type { Order } from '../../domain/order/state.js';

/** In the order in which a coordinator works through them (SCENARIOS). */
export const worklistGroups = [
  'nobodyResponsible',
  'notActedOn',
  'waitingForUs',
  'waitingForThem',
  'leavingSoon',
] as const;
export type WorklistGroup = (typeof worklistGroups)[number];

export const worklistKinds = ['journey', 'referral', 'handoff', 'order'] as const;
export type WorklistKind = (typeof worklistKinds)[number];

/** One row to be, of one list. */
export type Item = Pick<Team, 'team' | 'organisation'> & {
  readonly group: WorklistGroup;
  readonly item: string;
  readonly kind: WorklistKind;
  readonly urgency: Urgency;
  readonly since: Instant;
  readonly due?: Instant;
  readonly visibleFrom?: Instant;
  readonly visibleUntil?: Instant;
  readonly state: string;
  readonly reason?: string;
  readonly boundary?: string;
  readonly declinedAs?: IdentityStrength;
  readonly link?: AnswerLink;
  readonly linkStanding?: LinkStanding;
  readonly other?: Team | undefined;
  readonly order?: Pick<Order, 'kind' | 'what' | 'supplier'>;
};
