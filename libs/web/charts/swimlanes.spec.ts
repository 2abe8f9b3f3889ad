import { describe, expect, it } from '@jest/globals';
import { swimlanes, type Swimlanes } from './swimlanes.js';

const journey: Swimlanes = {
  title: 'Who was responsible',
  lanes: [
    { id: 'community', label: 'Community health' },
    { id: 'secondary', label: 'Hospital' },
  ],
  bars: [
    {
      lane: 'community',
      from: '2011-02-01T00:00:00.000Z',
      to: '2011-02-11T00:00:00.000Z',
      label: 'Torbay North zone',
      alarmed: false,
    },
    { from: '2011-02-11T00:00:00.000Z', to: '2011-02-21T00:00:00.000Z', label: 'Nobody is responsible', alarmed: true },
  ],
  marks: [{ lane: 'secondary', at: '2011-02-11T00:00:00.000Z', label: 'Left <hospital>', flagged: true }],
  from: '2011-02-01T00:00:00.000Z',
  to: '2011-02-21T00:00:00.000Z',
};

const numbers = (svg: string, name: string): readonly number[] =>
  [...svg.matchAll(new RegExp(`class="${name}[^"]*" x="([\\d.]+)"`, 'g'))].map(([, x]) => Number(x));

describe('The picture of a journey', () => {
  const svg = swimlanes(journey);

  it('has a title for those who do not see it, and no style of its own', () => {
    expect(svg).toContain('role="img" aria-labelledby="swimlanes-title"');
    expect(svg).not.toMatch(/style=|<style/);
  });

  it('puts time in proportion', () => {
    const [first, second] = numbers(svg, 'tc-bar') as [number, number];
    const right = 960 - 16;
    expect((second - first) / (right - first)).toBeCloseTo(0.5, 2);
  });

  it('draws nobody across every lane', () => {
    expect(svg).toMatch(/tc-bar--nobody" x="[\d.]+" y="8" width="[\d.]+" height="104"/);
  });

  it('escapes what it is told', () => {
    expect(svg).toContain('Left &#60;hospital&#62;');
  });

  it('is the same for the same journey, and draws one of a single moment', () => {
    expect(swimlanes(journey)).toBe(svg);
    expect(swimlanes({ ...journey, to: journey.from })).not.toContain('NaN');
  });
});
