import type { Table } from '#projections';

/** Where a stay came from: taken in from another system, made by the simulation, or recorded by hand. */
export const staySources = ['imported', 'simulated', 'recorded'] as const;
export type StaySource = (typeof staySources)[number];

/** One row a hospital stay, from admission to leaving, across wards and hospitals. */
export const stays = {
  name: 'stay',
  columns: {
    stay: 'text',
    person: 'text',
    /** The pilot of the journey that the person was on; null for people of no pilot. */
    pilot: 'text',
    source: 'text',
    provider: 'text',
    method: 'text',
    started_at: 'text',
    ended_at: 'text',
    /** Civil day in London on which it ended: figures count by it. */
    ended_on: 'text',
    destination: 'text',
    next_stay: 'text',
    /** Milliseconds from the end to the start of the person's next stay; null while either is unknown. */
    gap: 'integer',
    /** Since when ready to leave, without interruption; null where readiness was withdrawn. */
    ready_at: 'text',
    ready_on: 'text',
    /** Midnights in the bed after becoming ready, all spells of readiness; counted up to the end (FACTS 3.2). */
    delay_nights: 'integer',
    synthetic: 'integer',
    lateness: 'integer',
    /** Ids of its events, a JSON list. */
    events: 'text',
  },
  learned: ['lateness'],
  key: ['stay'],
  indexes: [
    ['source', 'ended_on', 'pilot', 'gap'],
    ['pilot', 'ended_on', 'gap', 'ready_on'],
    ['person', 'started_at'],
  ],
  history: 'bitemporal',
} as const satisfies Table;
