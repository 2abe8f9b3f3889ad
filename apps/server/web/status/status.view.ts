import type { DeadlineStatus, OutboxStatus } from '#reactions';
import type { Freshness, GenerationStatus, Incomplete, ProjectorStatus } from '#projections';
import { dateAndTime, freshnessWords } from '#web';

export interface StatusPage {
  /** The answer to the question that the page is called. */
  readonly answer: string;
  readonly good: boolean;
  readonly next: string;
  readonly facts: readonly { readonly label: string; readonly text: string }[];
  /** For those whose work it is. */
  readonly details: {
    readonly generations: readonly {
      readonly name: string;
      readonly served: string;
      readonly state: string;
      readonly entries: string;
      readonly behind: string;
      readonly problem: string;
    }[];
    readonly incomplete: readonly {
      readonly subject: string;
      readonly readModel: string;
      readonly since: string;
      readonly entry: string;
      readonly error: string;
    }[];
    readonly undelivered: readonly {
      readonly subscription: string;
      readonly event: string;
      readonly type: string;
      readonly state: string;
      readonly attempts: string;
      readonly reason: string;
    }[];
  } | null;
}

const number = (n: number): string => n.toLocaleString('en-GB');

const stateWords: Readonly<Record<GenerationStatus['state'], string>> = {
  building: 'being built',
  catchingUp: 'catching up',
  live: 'up to date',
  stopped: 'stopped',
};

export interface StatusFound {
  readonly projector: ProjectorStatus | undefined;
  /** Undefined while the lists are built for the first time, null where they cannot be reached. */
  readonly freshness: Freshness | null | undefined;
  readonly incomplete: readonly Incomplete[];
  /** Undefined where this process does nothing by itself. */
  readonly deadlines: DeadlineStatus | undefined;
  /** Undefined where nobody is told outside. */
  readonly outbox: OutboxStatus | undefined;
  readonly showDetails: boolean;
}

export function statusPage({
  projector,
  freshness,
  incomplete,
  deadlines,
  outbox,
  showDetails,
}: StatusFound): StatusPage {
  const building = projector?.generations.find(({ state }) => state === 'building');
  return {
    ...answerOf(projector, freshness),
    facts: [
      ...(freshness
        ? [
            {
              label: 'Last entry that the lists include',
              text: `Number ${number(freshness.ordinal)}${freshness.asOf ? `, ${dateAndTime(freshness.asOf)}` : ''}`,
            },
            { label: 'Entries still to come', text: number(freshness.eventsBehind) },
            { label: 'Records that may be incomplete', text: number(freshness.incomplete) },
          ]
        : []),
      { label: 'Rebuild', text: building ? rebuildWords(building) : 'None is running' },
      { label: 'Reminders and escalations', text: deadlineWords(deadlines) },
      ...(outbox ? [{ label: 'Webhooks', text: outboxWords(outbox) }] : []),
      {
        label: 'Last problem',
        text: projector?.problem ?? projector?.generations.find(({ problem }) => problem)?.problem ?? 'None',
      },
    ],
    details: showDetails
      ? {
          generations: (projector?.generations ?? []).map(
            ({ generation, served, state, ordinal, eventsBehind, problem }) => ({
              name: generation,
              served: served ? 'Pages read this one' : 'Not read yet',
              state: stateWords[state],
              entries: number(ordinal),
              behind: number(eventsBehind),
              problem: problem ?? 'None',
            }),
          ),
          incomplete: incomplete.map(({ subject, readModel, since, ordinal, error }) => ({
            subject: subject.slice(0, 8),
            readModel,
            since: dateAndTime(since),
            entry: number(ordinal),
            error,
          })),
          undelivered: (outbox?.undelivered ?? []).map(({ subscription, eventId, type, state, attempts, reason }) => ({
            subscription,
            event: eventId.slice(0, 8),
            type,
            state: state === 'notSent' ? `Not sent: ${reason}` : messageStates[state],
            attempts: number(attempts),
            reason: (state === 'notSent' ? null : reason) ?? 'None yet',
          })),
        }
      : null,
  };
}

const rebuildWords = ({ building }: GenerationStatus): string => {
  if (!building) return 'Running beside the lists that pages read';
  const { doing, events, total, eventsPerSecond } = building;
  const share = total ? ` of ${number(total)} (${Math.floor((100 * events) / total)}%)` : '';
  const reading = doing === 'reading' ? 'Reading the log first: ' : '';
  return `${reading}${number(events)}${share} entries, ${number(Math.round(eventsPerSecond))} a second. Pages go on reading the old lists until it is done.`;
};

const deadlineStates: Readonly<Record<DeadlineStatus['state'], string>> = {
  running: 'Running',
  standingBy: 'Standing by: another process sends them',
  waiting: 'Waiting for the lists to catch up',
  stopped: 'Stopped',
};

function deadlineWords(deadlines: DeadlineStatus | undefined): string {
  if (!deadlines) return 'Not sent by this process';
  const { state, next, problem } = deadlines;
  const words = deadlineStates[state];
  if (problem !== undefined) return `${words}; what is due is tried again, because of: ${problem}`;
  if (state !== 'running') return words;
  return next === undefined ? `${words}; nothing is due` : `${words}; the next is due on ${dateAndTime(next)}`;
}

const messageStates = { pending: 'Waiting', dead: 'Given up', delivered: 'Delivered' } as const;

function outboxWords({ state, counts: { pending, dead, delivered, notSent } }: OutboxStatus): string {
  const standing = { running: 'Running', standingBy: 'Standing by: another process sends them', stopped: 'Stopped' };
  return [
    standing[state],
    `${number(delivered)} delivered`,
    `${number(pending)} waiting`,
    ...(dead > 0 ? [`${number(dead)} given up`] : []),
    ...(notSent > 0 ? [`${number(notSent)} only shown, not sent`] : []),
  ].join('; ');
}

function answerOf(
  projector: ProjectorStatus | undefined,
  freshness: StatusFound['freshness'],
): Pick<StatusPage, 'answer' | 'good' | 'next'> {
  const ring =
    'Who is responsible is read from the record itself and stays right. Lists and figures may lack the newest entries: ring the team before you rely on them.';
  if (freshness === null)
    return { answer: 'No: the lists cannot be reached', good: false, next: `${ring} Tell the administrator if it lasts.` };
  if (!freshness)
    return {
      answer: 'Not yet: the lists are being built for the first time',
      good: false,
      next: 'Wait a moment and load this page again.',
    };
  if (freshness.status === 'stopped' || projector?.state === 'stopped')
    return {
      answer: 'No: the lists have stopped being brought up to date',
      good: false,
      next: `${ring} Tell the administrator.`,
    };
  if (projector?.state === 'restarting')
    return { answer: 'Not at this moment: what keeps the lists up to date is starting again', good: false, next: ring };
  if (freshness.eventsBehind > 0)
    return { answer: 'Almost: the lists are catching up', good: true, next: freshnessWords(freshness) };
  if (freshness.incomplete > 0)
    return {
      answer: 'Yes, but some records may be incomplete',
      good: false,
      next: 'Pages of these people say so. Tell the administrator if it stays.',
    };
  return { answer: 'Yes, everything is up to date', good: true, next: 'There is nothing to do.' };
}
