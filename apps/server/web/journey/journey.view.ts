import { alertsOf, needsAction, responsibleAt, type JourneyRow } from '#pathway';
import { definition } from '#pilots';
import { dateAndTime, inSentence, longDate, pauseWords, referrerWords, statusWords, urgencyWords } from '#web';
import { ordersView, type OrderLine } from '../orders/orders.view.js';
import { consentLine } from '../record/consent.view.js';
import { handoverView, type HandoverView } from '../record/handover.view.js';
import { personView, type PersonView } from '../record/person.view.js';
import { responsibleView, type ResponsibleView } from '../record/responsible.view.js';
import type { Subject } from '../record/subject.js';
import { teamName } from '../record/teams.js';
import { timelineView, type TimelineView } from '../record/timeline.view.js';
import { nextSteps, type NextSteps } from './next-steps.js';
import { pathwayFacts, type Fact } from './pathway-facts.js';

export interface JourneyPage {
  readonly person: PersonView;
  readonly pathway: string;
  readonly responsible: ResponsibleView;
  /** Open ones and those that wait to be acted on. */
  readonly waiting: readonly (HandoverView & { readonly href: string })[];
  readonly earlier: readonly (HandoverView & { readonly href: string })[];
  /** What was ordered and has not come. */
  readonly orders: readonly OrderLine[];
  readonly steps: NextSteps;
  readonly facts: readonly Fact[];
  readonly timeline: TimelineView;
  readonly others: readonly { readonly href: string; readonly text: string }[];
  /** Disputed, or answered in more than one way. */
  readonly paused: string | null;
}

/** @param lately teams that accepted from the visitor's, the latest first */
export function journeyPage(subject: Subject, others: readonly JourneyRow[], lately: readonly string[] = []): JourneyPage {
  const { record, journey, identity, principal, now, read } = subject;
  const { journeyId, handoffs, paused } = journey;
  const responsible = responsibleAt(record, journeyId, now);
  const reading = { record, responsible, ours: principal.teams, now, alerts: alertsOf(record, journey), read };
  const views = handoffs.map((handoff) => {
    const view = { ...handoverView(handoff, reading), href: `/journeys/${journeyId}/handovers/${handoff.handoffId}` };
    return { view, waits: view.open || needsAction(handoff) || view.tone === 'bad' || view.pending };
  });
  return {
    person: personView(record, identity, now),
    pathway: definition(journey.pathway, journey.definitionVersion)?.title ?? journey.pathway,
    responsible: responsibleView(responsible, principal.teams, now),
    waiting: views
      .filter(({ waits }) => waits)
      .map(({ view }) => view)
      .reverse(),
    earlier: views
      .filter(({ waits }) => !waits)
      .map(({ view }) => view)
      .reverse(),
    orders: ordersView(subject),
    steps: nextSteps(subject, lately),
    facts: factsOf(subject),
    timeline: timelineView(subject),
    others: others
      .filter(({ journey: other }) => other !== journeyId)
      .map((row) => ({
        href: `/journeys/${row.journey}`,
        text: `${definition(row.pathway, row.definition_version)?.title ?? row.pathway}: ${inSentence(statusWords[row.status])}`,
      })),
    paused: paused
      ? `Paused: ${inSentence(pauseWords[paused.reason])}${paused.until ? `, until ${longDate(paused.until)}` : ''}.`
      : null,
  };
}

function factsOf({ record, journey, read, now }: Subject): JourneyPage['facts'] {
  const { referral } = journey;
  const plan = record.plans.findLast(
    ({ journeyId, endedAt }) => journeyId === journey.journeyId && endedAt === undefined,
  );
  const stay = record.stays.at(-1);
  return [
    ...(referral
      ? [
          {
            label: 'Referred',
            text: `${dateAndTime(referral.made.at)} by ${inSentence(referrerWords[referral.referrer])}, to ${teamName(referral.to, now)}`,
          },
          { label: 'Why', text: read(referral.reason) ?? '' },
          { label: 'Urgency', text: urgencyWords[referral.urgency] },
          ...pathwayFacts(record, journey),
        ]
      : []),
    {
      label: 'Care plan',
      text: plan
        ? `Agreed ${dateAndTime(plan.agreed.at)}${plan.reviewBy ? `, to be reviewed by ${longDate(plan.reviewBy)}` : ''}. ${read(plan.goals) ?? ''}`
        : 'None agreed yet',
    },
    { label: 'Contacts', text: contactsText(journey.contacts) },
    { label: 'Consent to sharing', text: consentLine(record) },
    ...(stay
      ? [
          {
            label: 'Hospital',
            text: stay.discharged
              ? `Last left hospital ${dateAndTime(stay.discharged.at)}`
              : `In hospital since ${dateAndTime(stay.admitted.at)}`,
          },
        ]
      : []),
  ];
}

const contactsText = ({ count, last }: Subject['journey']['contacts']): string =>
  count === 0 ? 'None recorded yet' : `${count}, the last ${last === undefined ? '' : dateAndTime(last)}`;
