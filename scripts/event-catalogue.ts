import { accessEvents } from '#access';
import type { EventDefinition, TSchema } from '#kernel';
import { pathwayEvents } from '#pathway';
import { programmeEvents } from '#pilots';
import { readModels } from '../apps/server/catalogue.js';
import { useCases } from '../apps/server/use-cases.js';

interface Context {
  readonly title: string;
  readonly events: readonly EventDefinition[];
}

const contexts: readonly Context[] = [
  { title: 'Journeys and people', events: pathwayEvents },
  { title: 'The programme', events: programmeEvents },
  { title: 'Who looked at what (a log of its own)', events: accessEvents },
];

const readersOf = (type: string): readonly string[] =>
  readModels.filter(({ affectedBy }) => affectedBy.includes(type)).map(({ name }) => name);

/** Use cases say what they emit; definitions say the rest, such as what the engine writes itself. */
const emittersOf = ({ type, emittedBy }: EventDefinition): readonly string[] => {
  const commands = useCases.filter(({ emits }) => emits.includes(type)).map(({ name }) => name);
  return commands.length > 0 ? commands : emittedBy;
};

/** The catalogue as one page: what each event means, holds, who emits it and who reads it. */
export function eventCatalogue(): string {
  const index = contexts.flatMap(({ title, events }) => [
    `### ${title}`,
    '',
    '| event | version | what it says | sensitivity |',
    '|---|---|---|---|',
    ...events.map((e) => `| [${e.type}](#${e.type.toLowerCase()}) | ${e.version} | ${e.summary} | ${e.sensitivity} |`),
    '',
  ]);
  return [
    '# Event catalogue',
    '',
    'Generated from the event definitions by `npm run docs`; `npm run check` fails when it is out of date.',
    'Around every payload stands the envelope of `libs/kernel/envelope.ts`. *coded* events hold coded facts only;',
    '*sealed* ones also hold free text, as ciphertext under the key of the person; *programme* events concern no person.',
    '',
    ...index,
    ...contexts.flatMap(({ events }) => events.flatMap(section)),
  ].join('\n');
}

function section(event: EventDefinition): string[] {
  const readers = readersOf(event.type);
  return [
    `## ${event.type}`,
    '',
    `Version ${event.version} · ${event.sensitivity}`,
    '',
    event.summary,
    '',
    `- Emitted by: ${list(emittersOf(event))}`,
    `- Read by: ${list(readers)}`,
    '',
    '| field | type | required | meaning |',
    '|---|---|---|---|',
    ...fields(event.schema),
    '',
    '```json',
    JSON.stringify(event.example, null, 2),
    '```',
    '',
  ];
}

const list = (names: readonly string[]): string => (names.length ? names.map((n) => `\`${n}\``).join(', ') : 'nobody');

function fields(schema: TSchema, prefix = ''): string[] {
  const required = new Set((schema['required'] as string[] | undefined) ?? []);
  return Object.entries((schema['properties'] as Record<string, TSchema> | undefined) ?? {}).flatMap(([name, field]) => [
    `| \`${prefix}${name}\` | ${typeOf(field)} | ${required.has(name) ? 'yes' : 'no'} | ${field.description ?? ''} |`,
    ...fields(field, `${prefix}${name}.`),
  ]);
}

function typeOf(schema: TSchema): string {
  const choices = schema['anyOf'] as { const?: unknown }[] | undefined;
  if (choices?.every((c) => c.const !== undefined)) {
    const names = choices.map((c) => `\`${String(c.const)}\``);
    return names.length > 12 ? `one of ${names.length} codes` : `one of ${names.join(', ')}`;
  }
  if (schema['sensitivity'] === 'sealed') return 'sealed text';
  if (schema['const'] !== undefined) return `always \`${String(schema['const'])}\``;
  const format = schema['format'] as string | undefined;
  return format ?? (schema['type'] === 'array' ? `list of ${typeOf(schema['items'] as TSchema)}` : String(schema['type']));
}
