import type { Table } from '#projections';

/**
 * One row for every clock that a handover has started (FACTS 3.1). Every offer has its rows, however it ends: figures
 * count all of them.
 */
export const handoffFacts = {
  name: 'handoff_fact',
  columns: {
    /** H1 to H5. */
    metric: 'text',
    handoff: 'text',
    journey: 'text',
    person: 'text',
    pilot: 'text',
    /** `from>to`, sectors as they were at the offer. */
    boundary: 'text',
    /** Civil day in London on which the clock started: figures count by it. */
    day: 'text',
    started_at: 'text',
    ended_at: 'text',
    /** Milliseconds; null while open, where it ended in another way, and where a moment is known only by its day. */
    value: 'integer',
    /** Milliseconds until it ended in another way, so that it counts for as long as it waited. */
    censored_after: 'integer',
    /** 0 where a moment is known only by its day: no clock in hours (DESIGN 5). */
    timed: 'integer',
    /** `acknowledged`, `accepted`, `assumed`, `contacted`, `offeredAgain`, or how else it ended, or `open`. */
    outcome: 'text',
    /** Until when the target allows; null where there is none. */
    deadline: 'text',
    /** 1 or 0 where it ended with a value and there is a target. */
    within: 'integer',
    episode: 'text',
    attempt: 'integer',
    /** How long after it happened its latest entry was written, milliseconds. */
    lateness: 'integer',
    /** 1 where somebody was told that no answer had come, and one was recorded later that had (scenario 5). */
    answered_before: 'integer',
    /** On H2: `account`, `linkWithCode` or `telephoneReport`, how sure it is who answered; null where nobody did. */
    answered_as: 'text',
    /** `notConfirmed`, `confirmed` or `disputed` where it was answered without an account. */
    report: 'text',
    /** On H4, where there was a first contact: `yes`, `partly`, `no`, or `notSaid`; null on every other row. */
    described: 'text',
    /** What the receiver missed most, where they said so. */
    missing: 'text',
    synthetic: 'integer',
    /** Ids of its events, a JSON list. */
    events: 'text',
  },
  learned: ['lateness'],
  key: ['metric', 'handoff'],
  // Every column that a figure adds up is in the index, so a month is read from it alone.
  indexes: [
    [
      'metric',
      'day',
      'pilot',
      'boundary',
      'value',
      'censored_after',
      'outcome',
      'timed',
      'within',
      'deadline',
      'started_at',
      'answered_as',
      'report',
      'described',
      'missing',
    ],
  ],
  history: 'bitemporal',
} as const satisfies Table;
