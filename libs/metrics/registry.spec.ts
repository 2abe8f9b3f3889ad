import { describe, expect, it } from '@jest/globals';
import { metricDefinitions } from '#metrics';
import { pathwayReadModels } from '#pathway';

describe('The metrics', () => {
  it('have ids of their own', () => {
    const ids = metricDefinitions.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)]);
  });

  it('draw on read models that exist', () => {
    const known = new Set(pathwayReadModels.map(({ name }) => name));
    expect(metricDefinitions.flatMap(({ readModels }) => readModels).filter((name) => !known.has(name))).toEqual([]);
  });

  it('say in one sentence what they mean', () => {
    for (const { meaning } of metricDefinitions) expect(meaning).toMatch(/^[A-Z][^.]*\.$/);
  });
});
