/** Any event at all, made from its own description: a new event is covered on the day it is defined. */
import fc from 'fast-check';
import { deriveId, fromMillis, journeyStream, personStream, toMillis, type RecordedEvent, type TSchema } from '#kernel';
import { pathwayEvents } from '../events.js';
import { actorOf, at, herJourney, mrsSmith, zone } from './torbay.js';

/** Few ids, so that events meet. */
const ids = ['a', 'b', 'c', 'd'].map((name) => deriveId('any', name));
const refs = ['torbay-north-zone', 'brixham-home-care-team', 'torbay-hospital', 'torbay-hospital-ward'];
const begin = toMillis(at('2011-03-01 08:00'));

export const anyMoment = fc.integer({ min: 0, max: 600 }).map((minute) => fromMillis(begin + minute * 60_000));
const anyDay = fc.constantFrom('2011-02-27', '2011-03-01', '2011-03-27');

function anyText({ format, pattern }: TSchema): fc.Arbitrary<string> {
  if (format === 'uuid') return fc.constantFrom(...ids);
  if (format === 'instant') return anyMoment;
  if (format === 'civil-date') return anyDay;
  if (pattern === '^sealed:v1:') return fc.constant('sealed:v1:AAAA');
  if (pattern === '^[0-9a-f]{64}$') return fc.constant('0'.repeat(64));
  return fc.constantFrom(...refs);
}

/** Values that the schema allows. */
export function anyOf(schema: TSchema): fc.Arbitrary<unknown> {
  if (schema['anyOf']) return fc.oneof(...(schema['anyOf'] as TSchema[]).map(anyOf));
  if ('const' in schema) return fc.constant(schema['const']);
  switch (schema['type']) {
    case 'string':
      return anyText(schema);
    case 'integer':
      return fc.integer({
        min: (schema['minimum'] as number | undefined) ?? 0,
        max: (schema['maximum'] as number | undefined) ?? 5,
      });
    case 'boolean':
      return fc.boolean();
    case 'array':
      return fc.array(anyOf(schema['items'] as TSchema), { minLength: 1, maxLength: 3 });
    case 'object':
      return schema['properties'] ? anyObject(schema) : fc.constant({});
    default:
      return fc.constant(null);
  }
}

const anyObject = (schema: TSchema): fc.Arbitrary<object> => {
  const properties = schema['properties'] as Record<string, TSchema>;
  const fields = Object.fromEntries(Object.entries(properties).map(([name, field]) => [name, anyOf(field)]));
  return fc.record(fields, { requiredKeys: (schema['required'] as string[] | undefined) ?? [] });
};

/** An entry moved in may claim to be of any type, with whatever data. */
const anyData = (type: string, schema: TSchema): fc.Arbitrary<unknown> =>
  type === 'EntryMovedIn'
    ? fc
        .tuple(anyOf(schema), fc.constantFrom(...pathwayEvents))
        .chain(([moved, { type: entryType, schema: inner }]) =>
          anyOf(inner).map((data) => ({ ...(moved as object), entryType, data })),
        )
    : anyOf(schema);

const streams = [journeyStream(herJourney), journeyStream(ids[0]!), personStream(mrsSmith)];

const anyEvent = fc.constantFrom(...pathwayEvents).chain(({ type, schema, version }) =>
  fc.record({
    type: fc.constant<string>(type),
    schemaVersion: fc.constant<number>(version),
    data: anyData(type, schema),
    occurredAt: anyMoment,
    recordedAt: anyMoment,
    precision: fc.constantFrom('day' as const, 'minute' as const, 'second' as const),
    stream: fc.constantFrom(...streams),
    eventId: fc.constantFrom(...ids, ...Array.from({ length: 20 }, (_, i) => deriveId('event', i))),
  }),
);

/** Any events of one person in any order, as a log would hold them. */
export const anyLog: fc.Arbitrary<readonly RecordedEvent[]> = fc.array(anyEvent, { maxLength: 40 }).map((events) =>
  events.map((event, i) => ({
    ...event,
    person: mrsSmith,
    pilot: 'torbay',
    actor: actorOf(zone),
    purpose: 'directCare' as const,
    commandId: deriveId('command', i),
    commandHash: 'hash',
    correlationId: deriveId('command', i),
    source: 'test',
    synthetic: true,
    revision: i,
    position: `${i}`,
    ordinal: i + 1,
  })),
);
