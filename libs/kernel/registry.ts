import { TypeCompiler, type TypeCheck } from '@sinclair/typebox/compiler';
import type { RecordedEvent } from './envelope.js';
import type { Static, TSchema } from './schema.js';

/** How an event changes what earlier entries of the same subject mean (DESIGN 5). */
export type Effect<D> =
  // Methods, so that a list may hold definitions of different payloads.
  | { voids(data: D): readonly string[] }
  | { corrects(data: D): Correction };

/** The replacement of one entry's data or moment, by the id of the entry. */
export interface Correction {
  readonly eventId: string;
  readonly data?: Readonly<Record<string, unknown>>;
  readonly occurredAt?: string;
}

export interface EventDefinition<Type extends string = string, S extends TSchema = TSchema> {
  readonly type: Type;
  /** The version written today; older ones are upcast when read. */
  readonly version: number;
  readonly schema: S;
  /** One plain sentence for the catalogue. */
  readonly summary: string;
  /** `coded` holds coded facts only; `sealed` also ciphertext of free text; `programme` concerns no person. */
  readonly sensitivity: 'coded' | 'sealed' | 'programme';
  /** Use cases that emit it, for the catalogue. */
  readonly emittedBy: readonly string[];
  readonly example: Static<S>;
  /** `upcast[n]` turns the data of version n into version n + 1; pure. */
  readonly upcast?: Readonly<Record<number, (data: never) => unknown>>;
  readonly effect?: Effect<Static<S>>;
}

export const defineEvent = <const T extends string, S extends TSchema>(
  definition: EventDefinition<T, S>,
): EventDefinition<T, S> => definition;

/** The union of domain events that a list of definitions describes. */
export type EventsOf<Defs extends readonly EventDefinition[]> = {
  [I in keyof Defs]: Defs[I] extends EventDefinition<infer T, infer S> ? { readonly type: T; readonly data: Static<S> } : never;
}[number];

/** A type nobody registered, or a version newer than this code: readers are deployed before writers (DESIGN 3). */
export class UnknownEventError extends Error {
  constructor(
    readonly eventType: string,
    readonly schemaVersion: number,
  ) {
    super(`event ${eventType} version ${schemaVersion} is not known to this release: start the release that wrote it, or a newer one`);
  }
}

export class EventRegistry {
  private readonly byType = new Map<string, EventDefinition>();
  private readonly checks = new Map<string, TypeCheck<TSchema>>();

  constructor(definitions: readonly EventDefinition[]) {
    for (const definition of definitions) {
      if (this.byType.has(definition.type)) throw new Error(`event ${definition.type} is defined twice`);
      this.byType.set(definition.type, definition);
    }
  }

  all(): readonly EventDefinition[] {
    return [...this.byType.values()];
  }

  /** @throws UnknownEventError */
  definition(type: string, version = 1): EventDefinition {
    const definition = this.byType.get(type);
    if (!definition || version > definition.version) throw new UnknownEventError(type, version);
    return definition;
  }

  /** The event with its data in today's shape. @throws UnknownEventError */
  decode<E extends RecordedEvent>(event: E): E {
    const definition = this.definition(event.type, event.schemaVersion);
    if (event.schemaVersion === definition.version) return event;
    let data: unknown = event.data;
    for (let version = event.schemaVersion; version < definition.version; version++) {
      const step = definition.upcast?.[version];
      if (!step) throw new UnknownEventError(event.type, version);
      data = step(data as never);
    }
    return { ...event, data, schemaVersion: definition.version };
  }

  /** Problems of a payload about to be written, as `path: message`; empty when it is right. */
  problems(type: string, data: unknown): readonly string[] {
    const definition = this.definition(type);
    let check = this.checks.get(type);
    if (!check) this.checks.set(type, (check = TypeCompiler.Compile(definition.schema)));
    if (check.Check(data)) return [];
    return [...check.Errors(data)].map((error) => `${error.path || '/'}: ${error.message}`);
  }
}
