/** Events and read models that bring out every difficulty of the engine; for its own tests. */
import { defineEvent, EventRegistry, Type, type NewEvent, type RecordedEvent } from '#kernel';
import type { Fold, ReadModel, Row } from '../definition.js';

const common = { version: 1, sensitivity: 'coded', emittedBy: [], summary: 'For tests.' } as const;

export const sampleEvents = [
  defineEvent({
    ...common,
    type: 'Noted',
    schema: Type.Object({ item: Type.String(), amount: Type.Number() }),
    example: { item: 'a', amount: 1 },
  }),
  defineEvent({ ...common, type: 'Closed', schema: Type.Object({ item: Type.String() }), example: { item: 'a' } }),
  defineEvent({ ...common, type: 'Remarked', schema: Type.Object({}), example: {} }),
  defineEvent({
    ...common,
    type: 'MadeInError',
    schema: Type.Object({ ids: Type.Array(Type.String()) }),
    example: { ids: [] },
    effect: { voids: (data) => data.ids },
  }),
  defineEvent({
    ...common,
    type: 'Corrected',
    schema: Type.Object({
      id: Type.String(),
      amount: Type.Optional(Type.Number()),
      occurredAt: Type.Optional(Type.String()),
    }),
    example: { id: 'x' },
    effect: {
      corrects: ({ id, amount, occurredAt }) => ({
        eventId: id,
        ...(amount !== undefined && { data: { amount } }),
        ...(occurredAt !== undefined && { occurredAt }),
      }),
    },
  }),
];

export const sampleRegistry = new EventRegistry(sampleEvents);

export const at = (day: number): string => `2011-03-${String(day + 1).padStart(2, '0')}T09:00:00.000Z`;

export interface Sample {
  readonly type: string;
  readonly data: unknown;
  readonly person?: string;
  readonly stream: string;
  readonly day: number;
}

/** The id of the n-th event, so that corrections can name it. */
export const sampleId = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

/** The n-th event of a log. */
export const sampleEvent = (n: number, { type, data, person, day }: Sample): NewEvent => ({
  eventId: sampleId(n),
  type,
  schemaVersion: 1,
  ...(person !== undefined && { person }),
  occurredAt: at(day),
  precision: 'minute',
  // Clocks of two nodes a little apart: recordedAt goes back at times.
  recordedAt: new Date(Date.UTC(2011, 5, 1) + n * 60_000 - (n % 3) * 90_000).toISOString(),
  actor: { staff: 's1', role: 'coordinator', organisation: 'torbay', sector: 'community' },
  purpose: 'simulation',
  commandId: sampleId(n),
  commandHash: 'h',
  correlationId: sampleId(n),
  source: 'test',
  synthetic: true,
  data,
});

interface Items {
  readonly amounts: Readonly<Record<string, number>>;
}

const amountOf = (event: RecordedEvent) => event.data as { item: string; amount: number };

export const items: Fold<Items> = {
  name: 'items',
  initial: () => ({ amounts: {} }),
  evolve: (state, event) => {
    if (event.type === 'Noted') {
      const { item, amount } = amountOf(event);
      return { amounts: { ...state.amounts, [item]: amount } };
    }
    if (event.type !== 'Closed') return state;
    const { [amountOf(event).item]: _closed, ...amounts } = state.amounts;
    return { amounts };
  },
};

/** Cares about order, and cannot take a 13. */
export const trail: Fold<string> = {
  name: 'trail',
  initial: () => '',
  evolve: (state, event) => {
    if (event.type !== 'Noted') return state;
    if (amountOf(event).amount === 13) throw new Error('13 is not counted');
    return `${state}${amountOf(event).item}${amountOf(event).amount} `;
  },
};

const itemRows = (subject: string, { amounts }: Items): readonly Row[] =>
  Object.entries(amounts).map(([item, amount]) => ({ subject, item, amount }));

const itemColumns = { subject: 'text', item: 'text', amount: 'real' } as const;
const sum = ({ amounts }: Items) => Object.values(amounts).reduce((a, b) => a + b, 0);

export const facts: ReadModel<Items> = {
  name: 'facts',
  version: 1,
  subject: 'person',
  affectedBy: ['Noted', 'Closed'],
  fold: items,
  tables: [
    { name: 'fact', columns: itemColumns, key: ['subject', 'item'], indexes: [['item', 'amount']], history: 'bitemporal' },
  ],
  rows: (state, subject) => ({ fact: itemRows(subject, state) }),
};

export const totals: ReadModel<Items> = {
  name: 'totals',
  version: 1,
  subject: 'person',
  affectedBy: ['Noted', 'Closed'],
  fold: items,
  tables: [
    { name: 'total', columns: { subject: 'text', sum: 'real', count: 'integer' }, key: ['subject'], history: 'latest' },
  ],
  rows: (state, subject) => ({ total: [{ subject, sum: sum(state), count: Object.keys(state.amounts).length }] }),
};

export const trails: ReadModel<string> = {
  name: 'trails',
  version: 1,
  subject: 'person',
  affectedBy: ['Noted'],
  fold: trail,
  tables: [{ name: 'trail', columns: { subject: 'text', text: 'text' }, key: ['subject'], history: 'latest' }],
  rows: (text, subject) => ({ trail: text ? [{ subject, text }] : [] }),
};

/** Rows that cannot be made when the sum is a multiple of seven; with versions and without. */
export const awkward: ReadModel<Items> = {
  name: 'awkward',
  version: 1,
  subject: 'person',
  affectedBy: ['Noted', 'Closed'],
  fold: items,
  tables: [{ name: 'awkward', columns: itemColumns, key: ['subject', 'item'], history: 'bitemporal' }],
  rows: (state, subject) => {
    if (sum(state) % 7 === 0 && sum(state) > 0) throw new Error('a multiple of seven');
    return { awkward: itemRows(subject, state) };
  },
};

export const awkwardLatest: ReadModel<Items> = {
  ...awkward,
  name: 'awkwardLatest',
  tables: [{ name: 'awkward_latest', columns: itemColumns, key: ['subject', 'item'], history: 'latest' }],
  rows: (state, subject) => ({ awkward_latest: awkward.rows(state, subject)['awkward'] ?? [] }),
};

export const programme: ReadModel<Items> = {
  name: 'programme',
  version: 1,
  subject: 'stream',
  affectedBy: ['Noted', 'Closed'],
  fold: items,
  tables: [{ name: 'programme_item', columns: itemColumns, key: ['subject', 'item'], history: 'bitemporal' }],
  rows: (state, subject) => ({ programme_item: itemRows(subject, state) }),
};

export const sampleModels: readonly ReadModel[] = [facts, totals, trails, awkward, awkwardLatest, programme] as readonly ReadModel[];

/** Every table of a generation of them, the engine's own included. */
export const sampleTables: readonly string[] = [
  'generation', 'checkpoint', 'subject_stream', 'quarantine', 'known_at',
  ...sampleModels.flatMap(({ tables }) => tables.flatMap(({ name, history }) => (history === 'bitemporal' ? [name, `${name}_past`] : [name]))),
];
