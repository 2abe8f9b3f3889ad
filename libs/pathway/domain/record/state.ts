import type { CivilDate, Instant, Sector } from '#kernel';
import type {
  closeReasons,
  consentDecisions,
  consentScopes,
  dischargeDestinations,
  pauseReasons,
  placesOfDeath,
  referralDeclineReasons,
  referrers,
  sexes,
  Urgency,
} from '../codes.js';
import type { Team } from '../fields.js';
import type { Handoff } from '../handoff/state.js';
import type { EligibilityAnswer } from '../referral/eligibility.js';
import type { Order } from '../order/state.js';
import type { Mark, Origin } from './mark.js';

/** Everything the engine knows of one person, folded from the effective history of all their streams. Coded: free
 * text in it is ciphertext, and who the person is lies in the vault alone. */
export interface PersonRecord {
  readonly personId: string;
  readonly registered?: Mark;
  readonly sex?: (typeof sexes)[number];
  readonly birthYear?: number;
  readonly death?: Mark & { readonly place: (typeof placesOfDeath)[number] };
  /** In order of admission. */
  readonly stays: readonly Stay[];
  readonly attendances: readonly Attendance[];
  /** Of all streams; a journey has its own besides. */
  readonly contacts: ContactSummary;
  readonly plans: readonly CarePlan[];
  /** In the order in which they were said. */
  readonly consents: readonly Consent[];
  readonly journeys: Readonly<Record<string, Journey>>;
  /** What was the person's own, a stay or a death, and went to another record (scenario 10). */
  readonly movedOut: readonly (MovedOut & {
    /** The journey on whose page it was found. */
    readonly fromJourney: string;
  })[];
  readonly movedIn: readonly MovedIn[];
  /** Event ids of entries made in error or moved to another record. */
  readonly voided: readonly string[];
  /** Event ids of entries that do not fit where they stand, such as an answer to no known offer. */
  readonly unplaced: readonly string[];
}

/** One inpatient stay, across wards and hospitals. */
export interface Stay {
  readonly stayId: string;
  readonly origin: Origin;
  readonly admitted: Mark;
  /** Admission method, NHS Data Dictionary code. */
  readonly method: string;
  readonly hospital: string;
  readonly ward?: Team;
  readonly moves: readonly (Mark & { readonly hospital: string; readonly ward?: Team })[];
  /** Spells of readiness in order; the last may be open. */
  readonly ready: readonly { readonly declared: Mark; readonly withdrawn?: Mark }[];
  readonly discharged?: Mark & {
    readonly destination: (typeof dischargeDestinations)[number];
    readonly expectedReceiver?: Team;
    readonly receiverProblem?: 'teamClosed' | 'teamNotOpenYet';
    readonly successor?: string;
    /** The journey that the receiver was meant for. */
    readonly journey?: string;
  };
}

export interface Attendance extends Mark {
  readonly attendance: string;
  readonly departedAt?: Instant;
}

/** What the person said about sharing; what of it stands for a team is told by `consentFor`. */
export interface Consent extends Mark {
  readonly decision: (typeof consentDecisions)[number];
  readonly scope: (typeof consentScopes)[number];
  readonly sector?: Sector;
  readonly organisation?: string;
  /** Ciphertext. */
  readonly note?: string;
}

export interface ContactSummary {
  readonly count: number;
  readonly first?: Instant;
  readonly last?: Instant;
  readonly bySector: Readonly<Partial<Record<Sector, number>>>;
}

export interface CarePlan {
  readonly plan: string;
  /** Absent where it was taken in for the person and belongs to no journey. */
  readonly journeyId?: string;
  readonly agreed: Mark;
  readonly team?: Team;
  readonly kind?: string;
  readonly reviewBy?: CivilDate;
  readonly endedAt?: Instant;
  readonly goals?: string;
  readonly reviews: readonly (Mark & { readonly team?: Team })[];
}

export interface Referral {
  readonly status: 'made' | 'accepted' | 'declined';
  readonly made: Mark;
  readonly referrer: (typeof referrers)[number];
  readonly referredBy?: Team;
  /** The service asked now: the last one where the referral was passed on. */
  readonly to: Team;
  readonly urgency: Urgency;
  /** Ciphertext. */
  readonly reason: string;
  /** Absent where nobody was asked about the criteria of the pathway. */
  readonly eligibility?: readonly EligibilityAnswer[];
  readonly redirects: readonly (Mark & { readonly from: Team; readonly to: Team })[];
  readonly accepted?: Mark & { readonly team: Team };
  readonly declined?: Mark & {
    readonly team: Team;
    readonly reason: (typeof referralDeclineReasons)[number];
    readonly detail?: string;
  };
}

/** The first step of a move to another record. */
export interface MovedOut extends Mark {
  readonly toJourney: string;
  readonly toPerson: string;
  readonly entries: readonly string[];
  /** The organisation that moved them: it goes on seeing the journey, and finishes what it began. */
  readonly by: string;
}

/** An entry that came from another record, also where it has left again. */
export interface MovedIn extends Mark {
  readonly fromJourney: string;
  readonly entry: string;
}

/** One referral into one pathway of one pilot. */
export interface Journey {
  readonly journeyId: string;
  readonly pilot?: string;
  readonly synthetic: boolean;
  /** Absent where its entries were moved to another record: such a journey shows only that. */
  readonly referral?: Referral;
  readonly pathway: string;
  readonly definitionVersion: number;
  readonly definitionHash: string;
  readonly keyWorkers: readonly (Mark & { readonly team: string; readonly keyWorker: string })[];
  /** In order of offer. */
  readonly handoffs: readonly Handoff[];
  readonly contacts: ContactSummary;
  /** In the order in which they were placed. */
  readonly orders: readonly Order[];
  readonly paused?: Mark & { readonly reason: (typeof pauseReasons)[number]; readonly until?: CivilDate };
  /** The last time that work went on again. */
  readonly resumed?: Mark;
  readonly closed?: Mark & { readonly reason: (typeof closeReasons)[number]; readonly agreedWith: string };
  /** Entries that went to another record; they arrive there by a step of their own (scenario 10). */
  readonly movedOut: readonly MovedOut[];
  readonly movedIn: readonly MovedIn[];
  readonly first: Mark;
  readonly last: Mark & { readonly type: string };
}
