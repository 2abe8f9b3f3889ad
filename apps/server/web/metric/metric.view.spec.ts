import { describe, expect, it } from '@jest/globals';
import { metricDefinitions } from '#metrics';
import { metricPage } from './metric.view.js';

describe('The page of a metric', () => {
  it.each(metricDefinitions.map(({ id }) => id))(
    '%s says which way is better, how it is counted and how that is known',
    (id) => {
      const page = metricPage(metricDefinitions.find((metric) => metric.id === id)!);
      const told = Object.fromEntries(page.facts.map(({ label, text }) => [label, text]));
      expect(told['Better is']).toMatch(/^(lower|higher)$/);
      expect(told['How it is counted']).toBeTruthy();
      expect(told['How this is known']).toBeTruthy();
      expect(told['Source']).toBeTruthy();
    },
  );

  it('calls a shorter wait and fewer returns to hospital better', () => {
    const waits = metricDefinitions.filter(({ id }) => /^h[1-5]-|^readmission-/.test(id));
    expect(waits.length).toBeGreaterThan(5);
    expect(waits.filter(({ better }) => better !== 'lower').map(({ id }) => id)).toEqual([]);
  });
});
