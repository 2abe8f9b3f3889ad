import { describe, expect, it } from '@jest/globals';
import { layout, waysInOrder, type MapStage, type MapWay } from './pathway-layout.js';
import { pathwayMap, type PathwayMap } from './pathway-map.js';

const stage = (id: string, lane: string, kind: MapStage['kind'] = 'stage', label = id): MapStage => ({
  id,
  lane,
  label,
  kind,
});
const way = (from: string, to: string, kind: MapWay['kind'] = 'handoff'): MapWay => ({
  from,
  to,
  kind,
  lines: [`${from} to ${to}`],
});

const stages = [
  stage('referral', 'zone', 'start', 'Referral at the single point of contact'),
  stage('plan', 'zone'),
  stage('care', 'social', 'stage', 'Care <at home>'),
  stage('ward', 'hospital', 'hospital'),
  stage('review', 'zone'),
  stage('ended', 'zone', 'end'),
];
const ways = [
  way('referral', 'plan', 'step'),
  way('referral', 'ended', 'step'),
  way('plan', 'care'),
  way('care', 'review'),
  way('care', 'ward', 'hospital'),
  way('ward', 'care', 'hospital'),
  way('review', 'plan', 'step'),
  way('review', 'ended', 'step'),
];
const map: PathwayMap = {
  title: 'Map of a pathway',
  lanes: [
    { id: 'zone', label: 'Community health' },
    { id: 'hospital', label: 'Hospital' },
    { id: 'social', label: 'Social care' },
  ],
  stages,
  ways: ways.map((one, i) => (one.kind === 'handoff' ? { ...one, number: i } : one)),
  heading: ['What is asked'],
};
const placed = layout({ lanes: ['zone', 'hospital', 'social'], stages, ways, height: () => 2 });

describe('Where things stand on the map of a pathway', () => {
  it('each way between lanes has a row of its own, in the order of the pathway', () => {
    const rows = placed.crossing.map(({ row }) => row);
    expect(new Set(rows).size).toBe(4);
    expect(placed.crossing.map(({ way: { from, to } }) => `${from} to ${to}`)).toEqual([
      'plan to care',
      'care to ward',
      'care to review',
      'ward to care',
    ]);
    expect(waysInOrder(stages, ways)).toEqual(placed.crossing.map((one) => one.way));
  });

  it('no two stages lie on each other, and each has room for its words', () => {
    const boxes = [...placed.boxes.values()];
    for (const one of boxes) {
      expect(one.bottom - one.top).toBeGreaterThanOrEqual(1);
      for (const other of boxes.filter((box) => box !== one && box.column === one.column))
        expect(one.bottom < other.top || other.bottom < one.top).toBe(true);
    }
  });

  it('an arrow begins and ends at its stages', () => {
    for (const { way: one, row } of placed.crossing) {
      for (const id of [one.from, one.to]) {
        const { top, bottom } = placed.boxes.get(id)!;
        expect(top <= row && row <= bottom).toBe(true);
      }
    }
  });

  it('a handover inside one sector puts its stages beside each other', () => {
    const same = layout({
      lanes: ['zone'],
      stages: [stage('a', 'zone', 'start'), stage('b', 'zone')],
      ways: [way('a', 'b')],
      height: () => 1,
    });
    expect(same.lanes).toEqual([{ column: 0, columns: 2 }]);
  });
});

describe('The map of a pathway', () => {
  const svg = pathwayMap(map);

  it('has a title for those who do not see it, and no style of its own', () => {
    expect(svg).toContain('role="img" aria-labelledby="pathway-map-title"');
    expect(svg).not.toMatch(/style=|<style/);
  });

  it('tells ways apart by line and number, not by colour alone', () => {
    expect(svg.match(/class="tc-map__number"/g)).toHaveLength(2);
    expect(svg).toContain('tc-map__way--handoff');
    expect(svg).toContain('tc-map__way--hospital');
    expect(svg).toContain('tc-map__way--step');
  });

  it('escapes what it is told, and is the same for the same pathway', () => {
    expect(svg).toContain('&#60;at');
    expect(svg).not.toContain('<at');
    expect(pathwayMap(map)).toBe(svg);
    expect(svg).not.toMatch(/NaN|undefined/);
  });
});
