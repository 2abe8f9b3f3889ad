import { idOfStream, type RecordedEvent } from '#kernel';
import type { Fold, ReadModel, Row, Table } from '#projections';

/** One row a pilot: what the programme's own events say of it. */
export const pilots = {
  name: 'pilot',
  columns: { pilot: 'text', name: 'text', starts_on: 'text', ends_on: 'text', lead_organisations: 'text' },
  key: ['pilot'],
  history: 'latest',
} as const satisfies Table;

/**
 * Each name in its own time: `to_day` is exclusive, null for the name that still holds. An alias is a name in print
 * at no known time: its `from_day` is empty.
 */
export const pilotNames = {
  name: 'pilot_name',
  columns: { pilot: 'text', name: 'text', kind: 'text', from_day: 'text', to_day: 'text', source: 'text' },
  key: ['pilot', 'name', 'from_day'],
  history: 'latest',
} as const satisfies Table;

/** Versions of pathways under which the pilot may start journeys. */
export const publishedDefinitions = {
  name: 'published_definition',
  columns: { pilot: 'text', pathway: 'text', version: 'integer', hash: 'text', published_at: 'text' },
  key: ['pilot', 'pathway', 'version'],
  history: 'latest',
} as const satisfies Table;

interface Name {
  readonly name: string;
  readonly from: string;
  readonly source: string;
}

interface Programme {
  readonly pilot: string;
  readonly startsOn?: string;
  readonly endsOn?: string;
  readonly leadOrganisations: readonly string[];
  /** Oldest first. */
  readonly names: readonly Name[];
  readonly aliases: readonly Omit<Name, 'from'>[];
  readonly definitions: readonly {
    readonly pathway: string;
    readonly version: number;
    readonly hash: string;
    readonly at: string;
  }[];
}

/** Payloads of the programme's events, as the pilots context defines them; the spec holds the two together. */
interface Payloads {
  PilotRegistered: {
    name: string;
    leadOrganisations: readonly string[];
    startsOn: string;
    endsOn: string;
    source: string;
  };
  PilotRenamed: { to: string; effectiveOn: string; source: string };
  PilotLeadOrganisationChanged: { to: readonly string[]; effectiveOn: string };
  PilotAliasAdded: { alias: string; source: string };
  PathwayDefinitionPublished: { pathway: string; version: number; hash: string };
}

const handlers: {
  readonly [T in keyof Payloads]: (state: Programme, data: Payloads[T], event: RecordedEvent) => Programme;
} = {
  PilotRegistered: (state, { name, leadOrganisations, startsOn, endsOn, source }) => ({
    ...state,
    startsOn,
    endsOn,
    leadOrganisations,
    names: [{ name, from: startsOn, source }, ...state.names],
  }),
  PilotRenamed: (state, { to, effectiveOn, source }) => ({
    ...state,
    names: [...state.names, { name: to, from: effectiveOn, source }],
  }),
  PilotLeadOrganisationChanged: (state, { to }) => ({ ...state, leadOrganisations: to }),
  PilotAliasAdded: (state, { alias, source }) => ({ ...state, aliases: [...state.aliases, { name: alias, source }] }),
  PathwayDefinitionPublished: (state, { pathway, version, hash }, event) => ({
    ...state,
    definitions: [...state.definitions, { pathway, version, hash, at: event.occurredAt }],
  }),
};

const programmeFold: Fold<Programme> = {
  name: 'programme',
  initial: (stream) => ({ pilot: idOfStream(stream), leadOrganisations: [], names: [], aliases: [], definitions: [] }),
  evolve: (state, event) => {
    const handler = handlers[event.type as keyof Payloads] as
      ((state: Programme, data: unknown, event: RecordedEvent) => Programme) | undefined;
    return handler ? handler(state, event.data, event) : state;
  },
};

const once = (rows: readonly Row[], ...key: readonly string[]): readonly Row[] => [
  ...new Map(rows.map((row) => [JSON.stringify(key.map((column) => row[column])), row])).values(),
];

export const programmeModel: ReadModel<Programme> = {
  name: 'programme',
  version: 1,
  subject: 'stream',
  affectedBy: Object.keys(handlers),
  fold: programmeFold,
  tables: [pilots, pilotNames, publishedDefinitions],
  rows: ({ pilot, startsOn, endsOn, leadOrganisations, names, aliases, definitions }) => {
    if (startsOn === undefined || endsOn === undefined) return {};
    return {
      pilot: [
        {
          pilot,
          name: names.at(-1)!.name,
          starts_on: startsOn,
          ends_on: endsOn,
          lead_organisations: JSON.stringify(leadOrganisations),
        },
      ],
      pilot_name: once(
        [
          ...names.map(({ name, from, source }, i) => ({
            pilot,
            name,
            kind: 'name',
            from_day: from,
            to_day: names[i + 1]?.from ?? null,
            source,
          })),
          ...aliases.map(({ name, source }) => ({ pilot, name, kind: 'alias', from_day: '', to_day: null, source })),
        ],
        'name',
        'from_day',
      ),
      published_definition: once(
        definitions.map(({ at, ...definition }) => ({ pilot, ...definition, published_at: at })),
        'pathway',
        'version',
      ),
    };
  },
};
