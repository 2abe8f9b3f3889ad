import { describe, expect, it } from '@jest/globals';
import { eventRegistry } from '../apps/server/catalogue.js';
import { useCases } from '../apps/server/use-cases.js';

describe('What this release knows', () => {
  const registry = eventRegistry();

  it('describes every event with an example that fits its description', () => {
    for (const { type, example } of registry.all()) expect([type, registry.problems(type, example)]).toEqual([type, []]);
  });

  it('registers every event that a use case may emit, and each use case once', () => {
    const types = new Set(registry.all().map(({ type }) => type));
    expect(useCases.flatMap(({ emits }) => emits).filter((type) => !types.has(type))).toEqual([]);
    const names = useCases.map(({ name }) => name);
    expect(names).toEqual([...new Set(names)]);
  });

  it('has an emitter for every event', () => {
    const emitted = new Set(useCases.flatMap(({ emits }) => emits));
    expect(registry.all().filter(({ type, emittedBy }) => !emitted.has(type) && emittedBy.length === 0).map(({ type }) => type)).toEqual([]);
  });

  it('keeps names, numbers and addresses out of every payload: what identifies lies in the vault (FACTS 6)', () => {
    const identifying = /name|nhs|surname|birthDate|address|telephone|postcode/i;
    const fields = registry
      .all()
      .filter(({ sensitivity }) => sensitivity !== 'programme')
      .flatMap(({ type, schema }) => Object.keys((schema['properties'] as object | undefined) ?? {}).map((field) => `${type}.${field}`))
      .filter((field) => identifying.test(field.split('.')[1]!));
    expect(fields).toEqual([]);
  });
});
