import { civilDate, wallClock, type Instant, type RecordedEvent } from '#kernel';
import { alertsOf, needsAction, responsibilityTimeline, responsibleAt, type Period } from '#pathway';
import { dateAndTime, inSentence, longDate, nobodyBecauseWords, orderKindWords } from '#web';
import { momentControl, type KnownPage, type MomentControl } from '../as-known/control.js';
import { knownFrame, withoutHours, type KnownFrame } from '../as-known/frame.js';
import { ordersView } from '../orders/orders.view.js';
import { handoverView } from '../record/handover.view.js';
import { personView, type PersonView } from '../record/person.view.js';
import { responsibleView, type ResponsibleView } from '../record/responsible.view.js';
import type { Subject } from '../record/subject.js';
import { teamName, teamView, type TeamView } from '../record/teams.js';
import { sentenceOf, type Spoken, type StoryTelling } from './sentences.js';

/** A stretch of time in which one team was responsible, or nobody. */
export interface Phase {
  readonly id: string;
  readonly heading: string;
  readonly dates: string;
  readonly text: string;
  readonly alarmed: boolean;
}

export interface StoryPage {
  readonly person: PersonView;
  readonly phases: readonly Phase[];
  readonly responsible: ResponsibleView;
  readonly open: readonly { readonly text: string; readonly urgent: boolean; readonly ring: TeamView | null }[];
  /** What was put right or taken back: the story tells it as it stands now. */
  readonly corrected: string | null;
  readonly back: string;
  /** Where it is told as it was known at an earlier moment. */
  readonly known: KnownFrame | null;
  /** The way to earlier moments, on the page of now. */
  readonly control: MomentControl | null;
}

export const theStory: KnownPage = { what: 'story', path: '/story', first: 0 };

export function storyPage(subject: Subject): StoryPage {
  const { record, journey, identity, principal, now } = subject;
  const person = personView(record, identity, now);
  return {
    person,
    phases: phasesOf(subject, person),
    responsible: responsibleView(responsibleAt(record, journey.journeyId, now), principal.teams, now),
    open: openOf(subject),
    corrected: correctedWords(subject),
    back: `/journeys/${journey.journeyId}`,
    known: null,
    control: momentControl(subject, undefined, theStory),
  };
}

/** As it was known then. Nobody rings the past: teams stand without hours, and what was open without a number. */
export function storyThen(then: Subject, today: Subject): StoryPage {
  const page = storyPage(then);
  const known = knownFrame(then, today, theStory);
  return {
    ...page,
    responsible: withoutHours(page.responsible),
    open: page.open.map((item) => ({ ...item, ring: null })),
    back: known.journey,
    known,
    control: null,
  };
}

const spokenOf = ({ record: { sex } }: Subject): Spoken =>
  sex === 'female'
    ? { they: 'she', them: 'her', their: 'her', was: 'she was' }
    : sex === 'male'
      ? { they: 'he', them: 'him', their: 'his', was: 'he was' }
      : { they: 'they', them: 'them', their: 'their', was: 'they were' };

function tellingOf(subject: Subject): StoryTelling {
  const { journey, now, shows, identity, read } = subject;
  const receivers = new Map(journey.handoffs.map(({ handoffId, to }) => [handoffId, teamName(to, now)]));
  const orders = new Map(journey.orders.map(({ order, kind }) => [order, `the ${inSentence(orderKindWords[kind])}`]));
  const isReadable = shows.identified && identity !== undefined && !('erased' in identity);
  return {
    person: spokenOf(subject),
    now,
    receiverOf: (id) => receivers.get(id) ?? 'another team',
    orderOf: (id) => orders.get(id) ?? 'what was ordered',
    words: (sealed) => (isReadable ? read(sealed) : undefined),
  };
}

/** Periods that differ in nothing a reader is told go on in one paragraph. */
function stretches(periods: readonly Period[]): readonly Period[] {
  const holder = (period: Period): string => (period.kind === 'team' ? `team ${period.team.team}` : period.kind);
  return periods.reduce<readonly Period[]>((found, period) => {
    const last = found.at(-1);
    if (!last || holder(last) !== holder(period)) return [...found, period];
    const { to: _, ...running } = last;
    return [...found.slice(0, -1), { ...running, ...(period.to !== undefined && { to: period.to }) }];
  }, []);
}

function phasesOf(subject: Subject, { name, withheld }: PersonView): readonly Phase[] {
  const { record, journey, effective, now } = subject;
  const telling = tellingOf(subject);
  const ours = `journey-${journey.journeyId}`;
  const entries = [...effective.values()].filter(({ stream }) => stream === ours || stream.startsWith('person-'));
  const periods = stretches(responsibilityTimeline(record, journey.journeyId, now));
  const who = withheld === null ? name : 'the person';
  const named: Spoken = { ...telling.person, they: who, their: `${who}’s`, was: `${who} was` };
  const speech: Speech = { day: undefined, at: undefined };
  return periods.map((period, index) => {
    const { from, to } = period;
    const within = entries.filter(({ occurredAt }) => occurredAt >= from && (to === undefined || occurredAt < to));
    const tell = (event: RecordedEvent): readonly string[] => {
      const sentence = sentenceOf(event, speech.day === undefined ? { ...telling, person: named } : telling);
      return sentence === undefined ? [] : [said(`${when(event, speech)} ${sentence}`)];
    };
    const begins = within.filter(({ occurredAt }) => occurredAt === from);
    const begun = begins.flatMap(tell);
    return {
      id: `phase-${index + 1}`,
      heading: headingOf(period, now),
      dates: to === undefined ? `since ${dateAndTime(from)}` : `${dateAndTime(from)} to ${dateAndTime(to)}`,
      text: [
        ...begun,
        ...holdsWords(period, begun.length > 0, now),
        ...within.filter((event) => !begins.includes(event)).flatMap(tell),
        ...contactWords(within),
      ].join(' '),
      alarmed: period.kind === 'nobody',
    };
  });
}

interface Speech {
  day: string | undefined;
  at: Instant | undefined;
}

/** "On 3 April 2010 at 10:00", then "At 10:40", as somebody would tell it. */
function when({ occurredAt, precision }: RecordedEvent, speech: Speech): string {
  const day = civilDate(occurredAt);
  const sameDay = speech.day === day;
  const sameMoment = speech.at === occurredAt && precision !== 'day';
  speech.day = day;
  speech.at = occurredAt;
  if (precision === 'day') return sameDay ? 'The same day' : `On ${longDate(day)}`;
  if (sameMoment) return 'At the same time';
  return sameDay ? `At ${wallClock(occurredAt)}` : `On ${longDate(day)} at ${wallClock(occurredAt)}`;
}

/** A sentence that ends in somebody's own words has its full stop there. */
const said = (sentence: string): string => (/[.!?]”$/.test(sentence) ? sentence : `${sentence}.`);

const headingOf = (period: Period, now: Instant): string =>
  period.kind === 'team'
    ? teamName(period.team, now)
    : period.kind === 'nobody'
      ? 'Nobody was responsible'
      : period.why === 'died'
        ? 'The end of the journey: a death'
        : 'The end of the journey';

function holdsWords(period: Period, told: boolean, now: Instant): readonly string[] {
  if (period.kind === 'ended') return [];
  const since = told ? 'From then on' : `From ${dateAndTime(period.from)}`;
  if (period.kind === 'nobody') return [`${since} nobody was responsible. ${nobodyBecauseWords[period.why]}`];
  return [`${since} ${teamName(period.team, now)} was responsible.`];
}

/** Every visit one by one would hide what happened. */
function contactWords(within: readonly RecordedEvent[]): readonly string[] {
  const contacts = within.filter(({ type }) => type === 'ContactRecorded');
  const last = contacts.at(-1);
  if (!last) return [];
  const on = longDate(civilDate(last.occurredAt));
  return [
    contacts.length === 1
      ? `In this time there was one contact, on ${on}.`
      : `In this time there were ${contacts.length} contacts, the last on ${on}.`,
  ];
}

/** What waits for somebody, and whom to ring about it. */
function openOf(subject: Subject): StoryPage['open'] {
  const { record, journey, principal, now, read } = subject;
  const responsible = responsibleAt(record, journey.journeyId, now);
  const reading = { record, responsible, ours: principal.teams, now, alerts: alertsOf(record, journey), read };
  const plan = record.plans.findLast((one) => one.journeyId === journey.journeyId && one.endedAt === undefined);
  const isOver = record.death !== undefined || journey.closed !== undefined;
  return [
    ...journey.handoffs.flatMap((handoff) => {
      const view = handoverView(handoff, reading);
      if (!view.open && !view.pending && !needsAction(handoff) && view.tone !== 'bad') return [];
      const due = view.deadline
        ? ` ${view.deadline.what} ${dateAndTime(view.deadline.at)}${view.deadline.overdue ? ', which has passed' : ''}.`
        : '';
      return [
        {
          text: `The handover to ${view.to.name}: ${inSentence(view.status)}.${due}`,
          urgent: view.tone === 'bad' || view.deadline?.overdue === true,
          ring: teamView(handoff.to, now),
        },
      ];
    }),
    ...ordersView(subject).map(({ title, due, urgent }) => ({
      text: `${title}: ${inSentence(due)}.`,
      urgent,
      ring: null,
    })),
    ...(journey.paused && !isOver ? [{ text: 'The journey is paused.', urgent: false, ring: null }] : []),
    ...(plan?.reviewBy !== undefined && !isOver
      ? [
          {
            text: `The care plan is to be reviewed by ${longDate(plan.reviewBy)}${plan.reviewBy < civilDate(now) ? ', which has passed' : ''}.`,
            urgent: plan.reviewBy < civilDate(now),
            ring: null,
          },
        ]
      : []),
  ];
}

function correctedWords({ entries }: Subject): string | null {
  const count = entries.filter(({ type }) => type === 'EntryCorrected' || type === 'EntryMarkedInError').length;
  if (count === 0) return null;
  return `${count === 1 ? 'One entry was' : `${count} entries were`} put right or taken back later. The story tells what happened as it stands now.`;
}
