/**
 * Event payloads are described once, with TypeBox: the description is the TypeScript type, the JSON Schema of the
 * event catalogue and the check before an append (ADR 0004).
 */
import { FormatRegistry, Type, type Static, type TSchema } from '@sinclair/typebox';
import { isInstant } from './instant.js';
import { isCivilDate } from './london.js';
import { sectors } from './sector.js';

export type { Static, TSchema };
export { Type };

FormatRegistry.Set('instant', isInstant);
FormatRegistry.Set('civil-date', isCivilDate);
FormatRegistry.Set('uuid', (value) => /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(value));

export const Uuid = (description: string) => Type.String({ format: 'uuid', description });
export const Moment = (description: string) => Type.String({ format: 'instant', description });
export const Day = (description: string) => Type.String({ format: 'civil-date', description });
/** An id of our own reference data: a team, an organisation, a pilot, a pathway. */
export const Ref = (description: string) => Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,79}$', description });
/** A coded value from a named list. */
export const OneOf = <const V extends readonly string[]>(values: V, description: string) =>
  Type.Unsafe<V[number]>(Type.Union(values.map((v) => Type.Literal(v)), { description }));
export const SectorOf = (description: string) => OneOf(sectors, description);
/**
 * Free text about a person: ciphertext under that person's key (DESIGN 7). Domain and read models carry it and
 * never read it.
 */
export const Sealed = (description: string) =>
  Type.String({ pattern: '^sealed:v1:', maxLength: 20_000, description, sensitivity: 'sealed' });

/** Names of the free text among the properties of a described object. */
export const sealedNames = (schema: TSchema): readonly string[] =>
  Object.entries((schema['properties'] ?? {}) as Record<string, TSchema>)
    .filter(([, { sensitivity }]) => sensitivity === 'sealed')
    .map(([name]) => name);
