/** What is due now, and when to look again: rows of the read model, and the rules that give their moments. */
import { addDays, civilDate, deriveId, earliest, journeyStream, londonInstant, type Instant } from '#kernel';
import { deadlinesSince, nextDeadlineAfter, type DeadlineRow } from '#pathway';
import { forgottenFrom, reactionDue } from '#pilots';
import type { Rows } from '#projections';

export interface DueReaction extends DeadlineRow {
  readonly due: Instant;
  /** The same for the same deadline, whoever asks and however often: a repeat does nothing (DESIGN 3). */
  readonly commandId: string;
}

export interface Plan {
  /** In the order in which they fell due. */
  readonly due: readonly DueReaction[];
  /** When there may be more without anybody doing anything; undefined where nothing waits. */
  readonly next: Instant | undefined;
}

/** No opening hours put a deadline off for longer than this and the time in which it is forgotten, in days. */
const LOOK_BACK = 60;

/** Nothing where the rules of that day know no such reaction. */
function timed(row: DeadlineRow): readonly DueReaction[] {
  const { journey, handoff, rule, since, urgency, from_team: sender, to_team: receiver } = row;
  const due = reactionDue({ rule, since, urgency, sender, receiver });
  return due === undefined
    ? []
    : [{ ...row, due, commandId: deriveId('reaction', journeyStream(journey), handoff, rule, due) }];
}

export async function planAt(rows: Rows, now: Instant): Promise<Plan> {
  const today = civilDate(now);
  const begun = (await deadlinesSince(rows, londonInstant(addDays(today, -LOOK_BACK)), now)).flatMap(timed);
  const later = begun.filter(({ due }) => due > now).map(({ due }) => due);
  const upcoming = await nextDeadlineAfter(rows, now);
  return {
    due: begun
      .filter(({ due }) => due <= now && today < forgottenFrom(due))
      .sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0)),
    next: (upcoming === undefined ? later : [...later, upcoming]).reduce<Instant | undefined>(
      (first, moment) => (first === undefined ? moment : earliest(first, moment)),
      undefined,
    ),
  };
}
