import type { Instant } from '#kernel';
import { alertsOf, asMade, responsibleAt, type Handoff } from '#pathway';
import { momentControl, type KnownPage, type MomentControl } from '../as-known/control.js';
import { knownFrame, teamThen, withoutHours, type KnownFrame } from '../as-known/frame.js';
import { momentsOf } from '../as-known/moments.js';
import { handoverView, type HandoverView } from '../record/handover.view.js';
import { personView, type PersonView } from '../record/person.view.js';
import { responsibleView, type ResponsibleView } from '../record/responsible.view.js';
import type { Subject } from '../record/subject.js';

/** A handover on one sheet of paper: everything that the offer carries (SCENARIOS), and whom to ring. */
export interface SheetPage {
  readonly person: PersonView;
  readonly handover: HandoverView;
  /** Absent for a receiver who has not accepted: the sender stands beside it with their telephone. */
  readonly responsible: ResponsibleView | null;
  /** When it was made, and true. */
  readonly printedAt: Instant;
  readonly back: string;
  readonly backText: string;
  /** Where it shows what was known at an earlier moment. */
  readonly known: KnownFrame | null;
  /** The way to earlier moments, on the page of now, for those who see the whole journey. */
  readonly control: MomentControl | null;
}

/** The first moment at which the handover was known. */
export const theSheet = (today: Subject, handoffId: string): KnownPage => ({
  what: 'handover',
  path: `/handovers/${handoffId}/sheet`,
  first: momentsOf(today).findIndex(({ entries }) =>
    entries.some((entry) => (asMade(entry).data as { handoffId?: string }).handoffId === handoffId),
  ),
});

export function sheetPage(subject: Subject, handoff: Handoff): SheetPage {
  const { record, journey, identity, principal, now, part, read } = subject;
  const isWhole = part.kind === 'whole';
  const responsible = responsibleAt(record, journey.journeyId, now);
  const shown = isWhole || handoff.stopped?.why === 'died' ? record : { personId: record.personId };
  return {
    person: personView(shown, identity, now),
    handover: handoverView(handoff, {
      record,
      now,
      read,
      responsible: isWhole ? responsible : undefined,
      ours: [],
      alerts: alertsOf(record, journey),
    }),
    responsible: isWhole ? responsibleView(responsible, principal.teams, now) : null,
    printedAt: now,
    back: `/journeys/${journey.journeyId}/handovers/${handoff.handoffId}`,
    backText: 'Back to the handover',
    known: null,
    control: isWhole ? momentControl(subject, undefined, theSheet(subject, handoff.handoffId)) : null,
  };
}

/** As it was known then, printed now. Whether a team was open then helps nobody who rings. */
export function sheetThen(then: Subject, today: Subject, handoff: Handoff): SheetPage {
  const page = sheetPage(then, handoff);
  const known = knownFrame(then, today, theSheet(today, handoff.handoffId));
  const { handover, responsible } = page;
  return {
    ...page,
    handover: { ...handover, from: teamThen(handover.from), to: teamThen(handover.to) },
    responsible: responsible && withoutHours(responsible),
    printedAt: today.now,
    back: known.journey,
    backText: 'Back to the journey as known then',
    known,
    control: null,
  };
}
