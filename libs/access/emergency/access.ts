import type { EventsOf, Instant, RecordedEvent, Role } from '#kernel';
import type { accessEvents } from '../log/events.js';
import type { EmergencyReason, ReviewOutcome } from '../log/emergency-events.js';

/** One record opened in an emergency by one person, and what came of it. */
export interface EmergencyAccess {
  readonly access: string;
  readonly staff: string;
  readonly role: Role;
  readonly organisation: string;
  readonly journey: string;
  readonly person: string;
  readonly pilot?: string;
  readonly reason: EmergencyReason;
  /** Ciphertext. */
  readonly words?: string;
  readonly openedAt: Instant;
  /** When it ends, or ended, by itself. */
  readonly until: Instant;
  readonly reviewBy: string;
  readonly told: readonly { readonly team: string; readonly organisation: string }[];
  /** Where whoever opened it ended it sooner. */
  readonly endedAt?: Instant;
  /** How often something was shown under it. */
  readonly views: number;
  readonly reviews: readonly EmergencyReview[];
}

export interface EmergencyReview {
  readonly at: Instant;
  readonly staff: string;
  readonly role: Role;
  readonly organisation: string;
  readonly outcome: ReviewOutcome;
  /** Ciphertext. */
  readonly words?: string;
}

export const isInForce = ({ until, endedAt }: EmergencyAccess, now: Instant): boolean =>
  endedAt === undefined && now < until;

/** The last review counts; one that wants somebody to follow it up leaves it open. */
export const isReviewed = ({ reviews }: EmergencyAccess): boolean => {
  const last = reviews.at(-1);
  return last !== undefined && last.outcome !== 'needsFollowUp';
};

type Known = EventsOf<typeof accessEvents>;

/** The access that an event of the log is about; undefined where it is about none. */
export const accessIn = ({ type, data }: RecordedEvent): string | undefined => {
  const event = { type, data } as Known;
  switch (event.type) {
    case 'RecordViewed':
      return event.data.emergency;
    case 'EmergencyAccessOpened':
    case 'EmergencyAccessEnded':
    case 'EmergencyAccessReviewed':
      return event.data.access;
    default:
      return undefined;
  }
};

/** Undefined where the event is about an access that was never opened. Opened twice, the first time counts. */
export function evolve(access: EmergencyAccess | undefined, event: RecordedEvent): EmergencyAccess | undefined {
  const { type, data } = event as unknown as Known;
  const { staff, role, organisation } = event.actor;
  const at = event.recordedAt;
  if (type === 'EmergencyAccessOpened') {
    if (access) return access;
    const { page: _, people, rule: _rule, ...given } = data;
    return { ...given, person: people[0]!, staff, role, organisation, openedAt: at, views: 0, reviews: [] };
  }
  if (!access) return undefined;
  switch (type) {
    case 'RecordViewed':
      return { ...access, views: access.views + 1 };
    case 'EmergencyAccessEnded':
      return access.endedAt === undefined ? { ...access, endedAt: at } : access;
    case 'EmergencyAccessReviewed': {
      const { outcome, words } = data;
      const review = { at, staff, role, organisation, outcome, ...(words !== undefined && { words }) };
      return { ...access, reviews: [...access.reviews, review] };
    }
    default:
      return access;
  }
}
