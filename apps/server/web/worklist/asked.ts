import { hours, plus, sectors, type Instant } from '#kernel';
import {
  urgencies,
  worklistGroups,
  worklistKinds,
  type Urgency,
  type WorklistFilter,
  type WorklistGroup,
  type WorklistKind,
} from '#pathway';
import { boundaryWords, inSentence, optionsOf, urgencyWords, worklistKindWords, type Option } from '#web';
import { dueToday, orderedForToday } from './evening.js';
import { momentIn } from './last-here.js';

export const whose = ['mine', 'team', 'organisation'] as const;
export type Whose = (typeof whose)[number];

/** Hours for which something has waited at least. */
const waits = [1, 4, 24, 72] as const;

/** A pseudonymous id, as sessions carry it. */
const STAFF = /^key-worker:([a-z0-9][a-z0-9-]{0,79})$/u;

export interface WorklistAsked {
  readonly whose: Whose;
  /** Of this colleague, to cover for them; `whose` is then the organisation. */
  readonly colleague: string | undefined;
  readonly group: WorklistGroup | undefined;
  readonly urgency: Urgency | undefined;
  readonly boundary: string | undefined;
  readonly kind: WorklistKind | undefined;
  readonly waiting: (typeof waits)[number] | undefined;
  /** To be dealt with by the end of the day; of orders, those that were to be there. */
  readonly due: 'today' | undefined;
  readonly page: number;
  /** Where the address says since when something is new. */
  readonly since: Instant | undefined;
}

const isBoundary = (text = ''): boolean => {
  const [from, to, more] = text.split('>');
  return more === undefined && [from, to].every((one) => sectors.some((sector) => sector === one));
};

/** Filters stand in the address; what is not one of them is left out. */
export function askedOf(query: Readonly<Record<string, string>>): WorklistAsked {
  const page = Number(query['page']);
  const colleague = STAFF.exec(query['whose'] ?? '')?.[1];
  return {
    whose: colleague === undefined ? (whose.find((one) => one === query['whose']) ?? 'team') : 'organisation',
    colleague,
    group: worklistGroups.find((one) => one === query['group']),
    urgency: urgencies.find((one) => one === query['urgency']),
    boundary: isBoundary(query['boundary']) ? query['boundary'] : undefined,
    kind: worklistKinds.find((one) => one === query['kind']),
    waiting: waits.find((one) => String(one) === query['waiting']),
    due: query['due'] === 'today' ? 'today' : undefined,
    page: Number.isInteger(page) && page > 1 && page < 10_000 ? page : 1,
    since: momentIn(query['since']),
  };
}

const whoseOf = ({ whose: of, colleague }: WorklistAsked): string =>
  colleague === undefined ? of : `key-worker:${colleague}`;

export const addressOf = (asked: WorklistAsked): string => {
  const { group, urgency, boundary, kind, waiting, due, page, since } = asked;
  const of = whoseOf(asked);
  const query = new URLSearchParams({
    ...(of !== 'team' && { whose: of }),
    ...(group && { group }),
    ...(urgency && { urgency }),
    ...(boundary && { boundary }),
    ...(kind && { kind }),
    ...(waiting && { waiting: String(waiting) }),
    ...(due && { due }),
    ...(page > 1 && { page: String(page) }),
    ...(since !== undefined && { since }),
  });
  return query.size > 0 ? `/worklist?${query.toString()}` : '/worklist';
};

/** As the query takes it. */
export const filterOf = ({ urgency, boundary, kind, waiting, due }: WorklistAsked, now: Instant): WorklistFilter => ({
  ...(urgency && { urgency }),
  ...(boundary && { boundary }),
  ...(kind && { kind }),
  ...(waiting && { waitingSince: plus(now, -hours(waiting)) }),
  ...(due && (kind === 'order' ? orderedForToday(now) : dueToday(now))),
});

const waitWords = (many: number): string => `${many} hour${many > 1 ? 's' : ''}`;

export interface FilterForm {
  /** What the form keeps besides. */
  readonly kept: Readonly<Record<string, string>>;
  readonly selects: readonly {
    readonly name: string;
    readonly label: string;
    readonly value: string;
    readonly options: readonly Option[];
  }[];
  /** What is left out, said in words; null where nothing is. */
  readonly says: string | null;
  readonly clear: string;
}

/** @param crossed boundaries that handovers on the list cross */
export function filterForm(asked: WorklistAsked, crossed: readonly string[]): FilterForm {
  const { urgency, boundary, kind, waiting, due, group, since } = asked;
  const shown = boundary === undefined || crossed.includes(boundary) ? crossed : [...crossed, boundary];
  const says = [
    ...(urgency ? [urgencyWords[urgency].toLowerCase()] : []),
    ...(boundary ? [`handovers from ${boundaryWords(boundary).toLowerCase()}`] : []),
    ...(kind ? [inSentence(worklistKindWords[kind])] : []),
    ...(waiting ? [`waiting longer than ${waitWords(waiting)}`] : []),
    ...(due ? ['due by the end of today'] : []),
  ];
  return {
    kept: { whose: whoseOf(asked), ...(group && { group }), ...(since !== undefined && { since }) },
    selects: [
      { name: 'urgency', label: 'Urgency', value: urgency ?? '', options: optionsOf(urgencies, urgencyWords) },
      {
        name: 'boundary',
        label: 'Handovers from and to',
        value: boundary ?? '',
        options: shown.map((value) => ({ value, text: boundaryWords(value) })),
      },
      {
        name: 'waiting',
        label: 'Waiting longer than',
        value: waiting === undefined ? '' : String(waiting),
        options: waits.map((many) => ({ value: String(many), text: waitWords(many) })),
      },
      {
        name: 'due',
        label: 'Due',
        value: due ?? '',
        options: [{ value: 'today', text: 'By the end of today' }],
      },
      { name: 'kind', label: 'What it is', value: kind ?? '', options: optionsOf(worklistKinds, worklistKindWords) },
    ],
    says: says.length > 0 ? `Only ${says.join(', ')}. The numbers below count these alone.` : null,
    clear: addressOf({
      ...asked,
      urgency: undefined,
      boundary: undefined,
      kind: undefined,
      waiting: undefined,
      due: undefined,
      page: 1,
    }),
  };
}
