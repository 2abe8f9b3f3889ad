import { describe, expect, it } from '@jest/globals';
import type { Freshness, ProjectorStatus } from '#projections';
import { statusPage, type StatusFound } from './status.view.js';

const live: Freshness = {
  position: '10',
  ordinal: 10,
  eventsBehind: 0,
  asOf: '2011-03-01T08:05:00.000Z',
  status: 'live',
  incomplete: 0,
};
const running: ProjectorStatus = { state: 'running', generations: [] };
const page = (found: Partial<StatusFound>) =>
  statusPage({
    projector: running,
    freshness: live,
    incomplete: [],
    deadlines: undefined,
    outbox: undefined,
    showDetails: false,
    ...found,
  });
const answer = (projector: ProjectorStatus | undefined, freshness: Freshness | null | undefined) =>
  page({ projector, freshness }).answer;

describe('Is everything up to date?', () => {
  it.each([
    ['Yes, everything is up to date', running, live],
    ['Almost: the lists are catching up', running, { ...live, eventsBehind: 3, status: 'catchingUp' as const }],
    ['No: the lists have stopped being brought up to date', running, { ...live, status: 'stopped' as const }],
    [
      'Not at this moment: what keeps the lists up to date is starting again',
      { ...running, state: 'restarting' as const },
      live,
    ],
    ['Yes, but some records may be incomplete', running, { ...live, incomplete: 2 }],
    ['Not yet: the lists are being built for the first time', running, undefined],
    ['No: the lists cannot be reached', running, null],
  ])('%s', (words, projector, freshness) => {
    expect(answer(projector, freshness)).toBe(words);
  });

  it('says how far a rebuild is, and that pages go on reading the old lists', () => {
    const building: ProjectorStatus = {
      state: 'running',
      generations: [
        {
          generation: 'b',
          served: false,
          state: 'building',
          ordinal: 0,
          eventsBehind: 0,
          incomplete: 0,
          building: { doing: 'building', events: 500, total: 2000, eventsPerSecond: 99.6 },
        },
      ],
    };
    const fact = page({ projector: building }).facts.find(({ label }) => label === 'Rebuild');
    expect(fact?.text).toBe(
      '500 of 2,000 (25%) entries, 100 a second. Pages go on reading the old lists until it is done.',
    );
  });

  it.each([
    ['Running; the next is due on 1 March 2011 at 10:15', { state: 'running', next: '2011-03-01T10:15:00.000Z' }],
    ['Running; nothing is due', { state: 'running' }],
    ['Standing by: another process sends them', { state: 'standingBy' }],
    ['Waiting for the lists to catch up', { state: 'waiting' }],
    ['Running; what is due is tried again, because of: disk full', { state: 'running', problem: 'disk full' }],
    ['Stopped', { state: 'stopped' }],
  ] as const)('says of reminders and escalations: %s', (words, found) => {
    const deadlines = { next: undefined, problem: undefined, done: 0, ...found };
    const fact = page({ deadlines }).facts.find(({ label }) => label === 'Reminders and escalations');
    expect(fact?.text).toBe(words);
  });

  it('says what waits to be told outside, what was given up and why, and what is only shown', () => {
    const undelivered = [
      { subscription: 'hub', eventId: 'f81d4fae-7dec', type: 'HandoffEscalated', attempts: 10, reason: 'answered 500' },
      { subscription: 'hub', eventId: 'a81d4fae-7dec', type: 'HandoffOffered', attempts: 0, reason: 'made-up people' },
    ].map((one, i) => ({ ...one, state: i === 0 ? ('dead' as const) : ('notSent' as const) }));
    const counts = { pending: 0, delivered: 1200, dead: 1, notSent: 1 };
    const outbox = { state: 'running' as const, subscriptions: ['hub'], counts, undelivered };
    const { facts, details } = page({ outbox, showDetails: true });
    expect(facts.find(({ label }) => label === 'Webhooks')?.text).toBe(
      'Running; 1,200 delivered; 0 waiting; 1 given up; 1 only shown, not sent',
    );
    expect(details?.undelivered).toMatchObject([
      { event: 'f81d4fae', state: 'Given up', attempts: '10', reason: 'answered 500' },
      { event: 'a81d4fae', state: 'Not sent: made-up people' },
    ]);
  });

  it('shows the last problem, and the details only to those whose work it is', () => {
    const problem = {
      subject: 'f81d4fae-7dec',
      readModel: 'journeys',
      eventId: 'e',
      ordinal: 7,
      since: '2011-03-01T08:00:00.000Z',
      error: 'a date that is none',
    };
    expect(page({ projector: { ...running, problem: 'disk full' }, incomplete: [problem] })).toMatchObject({
      details: null,
    });
    const { facts, details } = page({
      projector: { ...running, problem: 'disk full' },
      incomplete: [problem],
      showDetails: true,
    });
    expect(facts.at(-1)?.text).toBe('disk full');
    expect(details?.incomplete).toEqual([
      {
        subject: 'f81d4fae',
        readModel: 'journeys',
        since: '1 March 2011 at 08:00',
        entry: '7',
        error: 'a date that is none',
      },
    ]);
  });
});
