/** Nobody decides on what stood there when they opened a form, without hearing what came in between (hazard H13). */
import type { Instant, RecordedEvent } from '#kernel';
import { isOpen, type Handoff } from '#pathway';
import { dateAndTime, type FieldProblem, type Posted } from '#web';
import type { Subject } from '../record/subject.js';
import { organisationName } from '../pages.js';
import { entryTitle } from '../record/timeline.view.js';

/** What a form decides about. */
export type Decided = Subject & { readonly handoff?: Handoff };

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
function isShown({ type, data }: RecordedEvent, { part, handoff }: Decided): boolean {
  if (part.kind === 'whole') return true;
  if (!handoff || (data as { handoffId?: unknown }).handoffId !== handoff.handoffId) return false;
  return type !== 'HandoffOfferRevised' || isOpen(handoff);
}

/** What others wrote that somebody may have to know before they decide, in order of arrival. */
export const byOthers = (subject: Decided): readonly RecordedEvent[] =>
  subject.entries.filter(
    (entry) => entry.actor.staff !== subject.principal.actor.staff && !quiet.has(entry.type) && isShown(entry, subject),
  );

/** How much of it a form knows that is shown now. */
export const seenNow = (subject: Decided): Posted => ({ _seen: String(byOthers(subject).length) });

/** Of what was written, what a form does not know that carries this mark; all is known to one without a mark. */
export function unseen<T>(written: readonly T[], mark: string | undefined): readonly T[] {
  const seen = /^\d{1,9}$/.exec(mark ?? '')?.[0];
  return seen === undefined ? [] : written.slice(Number(seen));
}

/** What came since the form was opened, for its top; nothing where it has been done already and is sent again. */
export function sinceOpened(subject: Decided, posted: Posted, formId: string): readonly FieldProblem[] {
  if (subject.entries.some(({ commandId }) => commandId === formId)) return [];
  return newsWords(unseen(byOthers(subject), posted['_seen']).map((entry) => ({ title: entryTitle(subject, entry), entry })));
}

interface Written {
  readonly occurredAt: Instant;
  readonly actor: { readonly organisation: string };
}

/** What was written while a form was open, for its top; empty where nothing was. */
export const newsWords = (
  news: readonly { readonly title: string; readonly entry: Written }[],
): readonly FieldProblem[] =>
  news.length === 0
    ? []
    : [
        { text: 'More was recorded while this form was open. Read it, then send the form again if it is still right' },
        ...news.map(({ title, entry: { occurredAt, actor } }) => ({
          text: `${title}, ${dateAndTime(occurredAt)} (${organisationName(actor.organisation)})`,
        })),
      ];

/** The last entry of each stream that the decision rests on: where more came in between, it is not decided. */
export const decidedOn = ({ entries }: Decided): ReadonlyMap<string, number> =>
  new Map(entries.map(({ stream, revision }) => [stream, revision]));
