import { londonInstant, pilotStream, type CivilDate, type EventsOf, type Instant, type Precision } from '#kernel';
import { allDefinitions, hashOf } from '../definitions/definitions.js';
import type { programmeEvents } from './events.js';
import { pilots, sources, type Pilot } from './pilots.js';

export type ProgrammeEvent = EventsOf<typeof programmeEvents>;

/** An event of the programme's history, for the envelope to be put around. */
export type ProgrammeEntry = ProgrammeEvent & {
  readonly stream: string;
  readonly pilot: string;
  readonly occurredAt: Instant;
  readonly precision: Precision;
};

type Dated = readonly [CivilDate, ProgrammeEvent];

const sourceOf = (key: string): string => {
  const source = sources[key];
  if (!source) throw new Error(`pilots.json names the source ${key}, which it does not describe`);
  return source.date === 'unknown' ? source.title : `${source.title}, ${source.date}`;
};

function historyOf({ id, names, leads, aliases, startsOn, endsOn }: Pilot): readonly Dated[] {
  const [firstName, ...laterNames] = names;
  const [firstLead, ...laterLeads] = leads;
  if (!firstName || !firstLead) throw new Error(`pilot ${id} has no name or no lead organisation`);
  const registered: Dated = [
    startsOn,
    {
      type: 'PilotRegistered',
      data: {
        name: firstName.name,
        leadOrganisations: [...firstLead.organisations],
        startsOn,
        endsOn,
        source: sourceOf(firstName.source),
      },
    },
  ];
  const renamed = laterNames.map(({ name, from, change, source }, i): Dated => [
    from,
    {
      type: 'PilotRenamed',
      data: {
        from: names[i]!.name,
        to: name,
        effectiveOn: from,
        change: change ?? 'renamed',
        source: sourceOf(source),
      },
    },
  ]);
  const led = laterLeads.map(({ organisations, from, source }, i): Dated => [
    from,
    {
      type: 'PilotLeadOrganisationChanged',
      data: { from: [...leads[i]!.organisations], to: [...organisations], effectiveOn: from, source: sourceOf(source) },
    },
  ]);
  const called = aliases.map(({ name, from, source }): Dated => [
    from,
    { type: 'PilotAliasAdded', data: { alias: name, source: sourceOf(source) } },
  ]);
  const published = allDefinitions()
    .filter((definition) => definition.pilots.includes(id))
    .map((definition): Dated => [
      definition.effectiveFrom,
      {
        type: 'PathwayDefinitionPublished',
        data: { pathway: definition.id, version: definition.version, hash: hashOf(definition) },
      },
    ]);
  return [registered, ...called, ...published, ...renamed, ...led].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

/**
 * The events that a new store begins with: stream by stream, and in each as they happened, so that each stream is one
 * append.
 */
export function* programmeHistory(): Generator<ProgrammeEntry> {
  for (const pilot of pilots) {
    for (const [day, event] of historyOf(pilot)) {
      yield {
        ...event,
        stream: pilotStream(pilot.id),
        pilot: pilot.id,
        occurredAt: londonInstant(day),
        precision: 'day',
      };
    }
  }
}
