/** Nobody decides on what stood there when they opened a form, without hearing what came in between (hazard H13). */
import type { RecordedEvent } from '#kernel';
import { isOpen } from '#pathway';
import { dateAndTime, type FieldProblem, type Posted } from '#web';
import type { FormSubject } from '../forms/journey-form.js';
import { organisationName } from '../pages.js';
import { entryTitle } from '../record/timeline.view.js';

/** Nothing that anybody decides by. */
const quiet: ReadonlySet<string> = new Set([
  'HandoffAcknowledged',
  'HandoffChased',
  'HandoffProblemSeen',
  'HandoffEscalated',
  'HandoffNoticeRead',
  'AnswerLinkIssued',
  'AnswerLinkCodeRefused',
  'AnswerLinkOpened',
  'AnswerLinkEnded',
]);

/** Whoever sees an offer alone hears of that offer, and once it is over for them of nothing new that it says. */
function isShown({ type, data }: RecordedEvent, { part, handoff }: FormSubject): boolean {
  if (part.kind === 'whole') return true;
  if (!handoff || (data as { handoffId?: unknown }).handoffId !== handoff.handoffId) return false;
  return type !== 'HandoffOfferRevised' || isOpen(handoff);
}

/** What others wrote that somebody may have to know before they decide, in order of arrival. */
const byOthers = (subject: FormSubject): readonly RecordedEvent[] =>
  subject.entries.filter(
    (entry) => entry.actor.staff !== subject.principal.actor.staff && !quiet.has(entry.type) && isShown(entry, subject),
  );

/** How much of it a form knows that is shown now. */
export const seenNow = (subject: FormSubject): Posted => ({ _seen: String(byOthers(subject).length) });

/** What came since the form was opened, for its top; nothing where it has been done already and is sent again. */
export function sinceOpened(subject: FormSubject, posted: Posted, formId: string): readonly FieldProblem[] {
  const seen = /^\d{1,9}$/.exec(posted['_seen'] ?? '')?.[0];
  if (seen === undefined || subject.entries.some(({ commandId }) => commandId === formId)) return [];
  const news = byOthers(subject).slice(Number(seen));
  if (news.length === 0) return [];
  return [
    { text: 'More was recorded while this form was open. Read it, then send the form again if it is still right' },
    ...news.map((entry) => ({
      text: `${entryTitle(subject, entry)}, ${dateAndTime(entry.occurredAt)} (${organisationName(entry.actor.organisation)})`,
    })),
  ];
}

/** The last entry of each stream that the decision rests on: where more came in between, it is not decided. */
export const decidedOn = ({ entries }: FormSubject): ReadonlyMap<string, number> =>
  new Map(entries.map(({ stream, revision }) => [stream, revision]));
