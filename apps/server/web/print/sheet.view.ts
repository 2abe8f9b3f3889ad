import type { Instant } from '#kernel';
import { alertsOf, responsibleAt, type Handoff } from '#pathway';
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
}

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
  };
}
