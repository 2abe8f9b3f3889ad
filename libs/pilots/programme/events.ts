import { Day, defineEvent, OneOf, Ref, Type } from '#kernel';

const closed = { additionalProperties: false } as const;
const Name = (description: string) => Type.String({ minLength: 1, maxLength: 200, description });
const Source = Type.String({ minLength: 1, maxLength: 300, description: 'Where it is written' });

export const PilotRegistered = defineEvent({
  type: 'PilotRegistered',
  version: 1,
  summary: 'A pilot was announced and began.',
  sensitivity: 'programme',
  emittedBy: ['seed-programme'],
  schema: Type.Object(
    {
      name: Name('Its name then'),
      leadOrganisations: Type.Array(Name('Organisation'), { minItems: 1, description: 'Who led it then' }),
      startsOn: Day('First day'),
      endsOn: Day('Last day'),
      source: Source,
    },
    closed,
  ),
  example: {
    name: 'Torbay Care Trust',
    leadOrganisations: ['Torbay Care Trust'],
    startsOn: '2009-04-01',
    endsOn: '2011-03-31',
    source: 'Hansard, House of Lords, 1 April 2009',
  },
});

export const PilotRenamed = defineEvent({
  type: 'PilotRenamed',
  version: 1,
  summary: 'The pilot is printed under another name from a day on; reports of earlier days keep the earlier name.',
  sensitivity: 'programme',
  emittedBy: ['seed-programme'],
  schema: Type.Object(
    {
      from: Name('The name until then'),
      to: Name('The name from then on'),
      effectiveOn: Day('First day of the new name'),
      change: OneOf(['renamed', 'abbreviated', 'typography', 'leadChanged'] as const, 'What kind of change it is'),
      source: Source,
    },
    closed,
  ),
  example: {
    from: 'Cambridge Assura Limited Liability Partnership',
    to: 'Cambridgeshire ICO',
    effectiveOn: '2010-02-02',
    change: 'renamed',
    source: 'Department of Health press release, 2 February 2010',
  },
});

export const PilotLeadOrganisationChanged = defineEvent({
  type: 'PilotLeadOrganisationChanged',
  version: 1,
  summary: 'Another organisation leads the pilot from a day on.',
  sensitivity: 'programme',
  emittedBy: ['seed-programme'],
  schema: Type.Object(
    {
      from: Type.Array(Name('Organisation'), { minItems: 1, description: 'Who led it until then' }),
      to: Type.Array(Name('Organisation'), { minItems: 1, description: 'Who leads it from then on' }),
      effectiveOn: Day('First day'),
      source: Source,
    },
    closed,
  ),
  example: {
    from: ['Newcastle Hospitals NHS Foundation Trust'],
    to: ['North Tyneside PCT'],
    effectiveOn: '2010-02-02',
    source: 'Department of Health press release, 2 February 2010',
  },
});

export const PilotAliasAdded = defineEvent({
  type: 'PilotAliasAdded',
  version: 1,
  summary: 'Another name under which the pilot appears in print.',
  sensitivity: 'programme',
  emittedBy: ['seed-programme'],
  schema: Type.Object({ alias: Name('The other name'), source: Source }, closed),
  example: { alias: 'Cambridge Assura', source: 'BMJ 2009;338:b1484' },
});

export const PathwayDefinitionPublished = defineEvent({
  type: 'PathwayDefinitionPublished',
  version: 1,
  summary: 'The pilot may start journeys under this version of a pathway.',
  sensitivity: 'programme',
  emittedBy: ['seed-programme'],
  schema: Type.Object(
    {
      pathway: Ref('Pathway definition'),
      version: Type.Integer({ minimum: 1, description: 'Version of the definition' }),
      hash: Type.String({ pattern: '^[0-9a-f]{64}$', description: 'SHA-256 over its canonical JSON' }),
    },
    closed,
  ),
  example: { pathway: 'torbay-older-people', version: 1, hash: '0'.repeat(64) },
});

export const programmeEvents = [
  PilotRegistered,
  PilotRenamed,
  PilotLeadOrganisationChanged,
  PilotAliasAdded,
  PathwayDefinitionPublished,
] as const;
