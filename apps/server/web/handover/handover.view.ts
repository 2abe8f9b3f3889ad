import type { Instant } from '#kernel';
import { alertsOf, isDisputed, isOpen, linkStanding, needsAction, responsibleAt, type Handoff } from '#pathway';
import { handoverView, type HandoverView } from '../record/handover.view.js';
import { personView, type PersonView } from '../record/person.view.js';
import { wantsNewLink } from '../record/revision.view.js';
import { responsibleView, type ResponsibleView } from '../record/responsible.view.js';
import { mayCorrect } from '../record/timeline.view.js';
import type { Subject } from '../record/subject.js';

export interface HandoverPage {
  readonly person: PersonView;
  readonly handover: HandoverView;
  readonly isReceiver: boolean;
  /** When the receiver put right what it had found. */
  readonly foundPutRight: Instant | null;
  /** Absent for a receiver who has not accepted: they see only what the offer carries. */
  readonly responsible: ResponsibleView | null;
  readonly first: { readonly text: string; readonly href: string } | null;
  readonly second: { readonly text: string; readonly href: string } | null;
  readonly others: readonly { readonly text: string; readonly href: string }[];
  readonly journey: string | null;
  /** Where the whole record is opened in an emergency. */
  readonly openInEmergency: string;
}

export function handoverPage(subject: Subject, handoff: Handoff): HandoverPage {
  const { record, journey, identity, principal, now, part, read } = subject;
  const isReceiver = principal.teams.includes(handoff.to.team);
  const isSender = principal.teams.includes(handoff.from.team);
  const isWhole = part.kind === 'whole';
  const responsible = responsibleAt(record, journey.journeyId, now);
  // A receiver who has not accepted is told how the offer ended for them, and nothing that came after.
  const view = handoverView(handoff, {
    record,
    now,
    read,
    responsible: isWhole ? responsible : undefined,
    ours: principal.teams,
    alerts: alertsOf(record, journey),
  });
  const base = `/journeys/${journey.journeyId}`;
  const to = (path: string, text: string) => ({ text, href: `${base}/handovers/${handoff.handoffId}/${path}` });
  const unanswered = handoff.accounts.find(({ confirmed, disputed }) => !confirmed && !disputed);
  const waitsForUs =
    unanswered !== undefined && (unanswered.reportedBy.team === handoff.to.team ? isSender : isReceiver);
  const [first, second] = [
    ...(isReceiver && isOpen(handoff) ? [to('accept', 'Accept'), to('decline', 'Decline')] : []),
    ...(isSender && wantsNewLink(handoff) ? [to('answer-link', 'Make a new link, and read out its code')] : []),
    ...(waitsForUs ? [to('confirm', 'Confirm what was said'), to('dispute', 'That was not said')] : []),
    ...(isDisputed(handoff) && (isSender || isReceiver) ? [to('settle', 'Settle who is responsible')] : []),
    ...(isSender && needsAction(handoff)
      ? [
          { text: 'Offer it to another team', href: `${base}/offer?again=${handoff.handoffId}` },
          to('act-on', 'We are dealing with it another way'),
        ]
      : []),
    ...(isReceiver &&
    handoff.status === 'accepted' &&
    !handoff.firstContact &&
    responsible.kind === 'team' &&
    responsible.team.team === handoff.to.team
      ? [to('first-contact', 'Record the first contact')]
      : []),
  ];
  const link = handoff.links.at(-1);
  const others = [
    ...(part.kind === 'offers' || part.identified ? [to('sheet', 'Print this handover')] : []),
    ...(isSender && isOpen(handoff)
      ? [
          to('report', 'They answered by telephone'),
          ...(wantsNewLink(handoff)
            ? []
            : [
                to(
                  'answer-link',
                  handoff.links.length > 0 ? 'Make another link to answer with' : 'Send a link to answer with',
                ),
              ]),
          ...(link && linkStanding(handoff, link, now) === 'working' ? [to('end-answer-link', 'End the link')] : []),
        ]
      : []),
    ...(isSender ? [to('revise', 'Put right what it says')] : []),
    ...(isSender && (isOpen(handoff) || view.pending) ? [to('withdraw', 'Withdraw this handover')] : []),
    ...(isReceiver && (handoff.status === 'withdrawn' || handoff.status === 'lapsed')
      ? [to('report', 'We had accepted by telephone before that')]
      : []),
    ...putRight(subject, handoff.firstContact?.eventId),
    ...(isWhole && principal.actor.role === 'coordinator'
      ? [
          {
            text: 'This handover belongs to somebody else',
            href: `${base}/entries/${handoff.offered.eventId}/somebody-else`,
          },
        ]
      : []),
  ];
  return {
    person: personView(
      isWhole || handoff.stopped?.why === 'died' ? record : { personId: record.personId },
      identity,
      now,
    ),
    handover: view,
    isReceiver,
    foundPutRight: foundPutRight(subject, handoff.firstContact?.eventId),
    responsible: isWhole ? responsibleView(responsible, principal.teams, now) : null,
    first: first ?? null,
    second: second ?? null,
    others,
    journey: isWhole ? base : null,
    openInEmergency: `/emergency-access/new?journey=${journey.journeyId}`,
  };
}

/** What the receiver found is put right by whoever wrote it; the sender reads that it was. */
function putRight(subject: Subject, firstContact: string | undefined): readonly { text: string; href: string }[] {
  const entry = subject.entries.find(({ eventId }) => eventId === firstContact);
  if (!entry || !mayCorrect(subject, entry)) return [];
  const href = `/journeys/${subject.journey.journeyId}/entries/${entry.eventId}/correct`;
  return [{ text: 'Put right what we found', href }];
}

/** When that was, for the top of what they found. */
export function foundPutRight({ entries, effective }: Subject, firstContact: string | undefined): Instant | null {
  const corrections = entries.filter(
    ({ type, data, eventId }) =>
      type === 'EntryCorrected' && effective.has(eventId) && (data as { entry: string }).entry === firstContact,
  );
  return corrections.at(-1)?.recordedAt ?? null;
}
