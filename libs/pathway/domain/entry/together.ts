/** Entries that only make sense together: what is on the wrong record goes to the right one whole (scenario 10). */
import type { RecordedEvent } from '#kernel';
import type { DataOf } from '../record/event.js';

type Made = Pick<RecordedEvent, 'type' | 'schemaVersion' | 'data'>;

/** What somebody wrote, also where it came here from another record. */
export function asMade({ type, schemaVersion, data }: RecordedEvent): Made {
  if (type !== 'EntryMovedIn') return { type, schemaVersion, data };
  const moved = data as DataOf<'EntryMovedIn'>;
  return { type: moved.entryType, schemaVersion: moved.entryVersion, data: moved.data };
}

/** What was moved here wrongly is moved on; the record remembers that it had arrived, so nothing brings it again. */
export const cameFrom = (data: unknown) => {
  const { fromJourney, entry } = data as DataOf<'EntryMovedIn'>;
  return { fromJourney, entry };
};

/** Entries about entries stay where they are: what they changed goes along in the entry itself. */
export const canMove = ({ type }: RecordedEvent): boolean => type === 'EntryMovedIn' || !/^Entr(y|ies)/.test(type);

const ofTheReferral: ReadonlySet<string> = new Set([
  'ReferralMade',
  'ReferralAccepted',
  'ReferralDeclined',
  'ReferralRedirected',
]);

/** Fields that name what several entries are about. */
interface About {
  readonly handoffId?: string;
  readonly plan?: string;
}
const aboutOf = (event: RecordedEvent): About => asMade(event).data as About;

export const isOfReferral = (event: RecordedEvent): boolean => ofTheReferral.has(asMade(event).type);

/** A handover with everything that was answered to it. */
export const sameHandover = (handoffId: string, recorded: readonly RecordedEvent[]): readonly RecordedEvent[] =>
  recorded.filter((event) => canMove(event) && aboutOf(event).handoffId === handoffId);

/**
 * The entry and what rests on it: a referral with the whole journey, a handover with its answers, a plan with its
 * reviews. Anything else goes alone.
 *
 * @param recorded of one journey
 */
export function whatHangsOn(entry: string | undefined, recorded: readonly RecordedEvent[]): readonly RecordedEvent[] {
  const movable = recorded.filter(canMove);
  const found = movable.find(({ eventId }) => eventId === entry);
  if (!found) return [];
  if (isOfReferral(found)) return movable;
  const { handoffId, plan } = aboutOf(found);
  if (handoffId !== undefined) return sameHandover(handoffId, recorded);
  return plan === undefined ? [found] : movable.filter((event) => aboutOf(event).plan === plan);
}
