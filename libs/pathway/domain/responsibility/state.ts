import type { Instant } from '#kernel';
import type { IdentityStrength } from '../codes.js';
import type { Team } from '../fields.js';

/** By what a team holds. */
export type HeldBecause =
  | 'tookReferral'
  | 'acceptedHandoff'
  | 'admission'
  | 'transfer'
  | 'dischargeToReceiver'
  | 'returned'
  | 'disputed'
  | 'disputeResolved';

/** Why nobody holds. Only `notStarted` raises no alarm. */
export type NobodyBecause =
  | 'notStarted'
  | 'referralNotTaken'
  | 'referralDeclined'
  | 'receiverClosed'
  | 'receiverNotAccepted'
  | 'dischargedToNobody';

/** Who is responsible under one journey at one moment (DESIGN 6). Times are instants. */
export type Responsible =
  | {
      readonly kind: 'team';
      readonly team: Team;
      readonly keyWorker?: string;
      readonly since: Instant;
      readonly because: HeldBecause;
      /** The handoff by which it holds. */
      readonly handoffId?: string;
      /** During a hospital stay: the community lead that it returns to unless another accepts. */
      readonly returnsTo?: Team;
      /** Rests on an answer that was reported and that the other party has not confirmed. */
      readonly unconfirmed?: true;
      /** Where it is not confirmed: how sure it is who answered. */
      readonly strength?: IdentityStrength;
      /** Another account of who holds stands against this one. */
      readonly disputed?: true;
    }
  | {
      readonly kind: 'nobody';
      readonly lastHeldBy?: Team;
      readonly since: Instant;
      readonly why: NobodyBecause;
      /** Whom it would have returned to, to be rung first. */
      readonly returnsTo?: Team;
    }
  | { readonly kind: 'ended'; readonly why: 'died' | 'journeyClosed'; readonly since: Instant };

/**
 * One stretch of the answer. It starts at `from`, while `since` is when that team began to hold; `to` is exclusive, and
 * absent where it still runs at the moment asked for.
 */
export type Period = Responsible & { readonly from: Instant; readonly to?: Instant };
