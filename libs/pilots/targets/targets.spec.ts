import { describe, expect, it } from '@jest/globals';
import { boundary, londonInstant, sectors } from '#kernel';
import { teamAsOf } from '../directory/directory.js';
import { allTargets, deadlines, targetFor, targetUrgencies, type Target } from './targets.js';

const brixham = teamAsOf('brixham-home-care-team', '2011-03-01')!;
const ward = teamAsOf('torbay-hospital-care-of-the-elderly-ward', '2011-03-01')!;

describe('when an offer is to be seen and answered', () => {
  it('an urgent handover from the zone to care at home: seen in 15 minutes, answered in 30', () => {
    expect(
      deadlines({
        boundary: 'community>socialCare',
        urgency: 'urgent',
        offeredAt: '2011-03-01T09:00:00.000Z',
        receiver: brixham,
      }),
    ).toEqual({
      acknowledgeBy: '2011-03-01T09:15:00.000Z',
      acceptBy: '2011-03-01T09:30:00.000Z',
      targetVersion: 'hub-default@1',
    });
  });

  it('the same handover offered at 5.50 pm: the receiver’s clock stops for the night', () => {
    const offeredAt = londonInstant('2011-03-01', '17:50');
    expect(
      deadlines({ boundary: 'community>socialCare', urgency: 'urgent', offeredAt, receiver: brixham }),
    ).toMatchObject({
      acknowledgeBy: londonInstant('2011-03-02', '08:05'),
      acceptBy: londonInstant('2011-03-02', '08:20'),
    });
  });

  it('a routine handover on the Friday before a bank holiday is answered on the Tuesday and Wednesday after', () => {
    const offeredAt = londonInstant('2010-04-30', '16:00');
    expect(
      deadlines({ boundary: 'community>socialCare', urgency: 'routine', offeredAt, receiver: brixham }),
    ).toMatchObject({
      acknowledgeBy: londonInstant('2010-05-04', '10:00'),
      acceptBy: londonInstant('2010-05-05', '12:00'),
    });
  });

  it('a receiver that never closes is given the same minutes by night', () => {
    const offeredAt = londonInstant('2011-03-01', '02:00');
    expect(deadlines({ boundary: 'primary>secondary', urgency: 'immediate', offeredAt, receiver: ward }).acceptBy).toBe(
      londonInstant('2011-03-01', '02:30'),
    );
  });

  it('a boundary with a target of its own is held to that, and the offer says which', () => {
    const offeredAt = londonInstant('2011-03-01', '09:00');
    const soon = (crossing: 'secondary>socialCare' | 'community>thirdSector' | 'secondary>thirdSector') =>
      deadlines({ boundary: crossing, urgency: 'soon', offeredAt, receiver: brixham });
    expect(soon('secondary>socialCare')).toMatchObject({
      targetVersion: 'from-hospital@1',
      acceptBy: londonInstant('2011-03-01', '11:00'),
    });
    expect(soon('community>thirdSector').targetVersion).toBe('to-voluntary-sector@1');
    expect(soon('secondary>thirdSector').targetVersion).toBe('to-voluntary-sector@1');
  });
});

describe('the targets themselves', () => {
  it('cover every boundary at every urgency, and more urgent is never slower', () => {
    for (const from of sectors) {
      for (const to of sectors) {
        const target = targetFor(boundary(from, to), '2009-04-01');
        const inOrder = targetUrgencies.map((urgency) => target.minutes[urgency]);
        for (const [i, { acknowledge, accept }] of inOrder.entries()) {
          expect(acknowledge).toBeGreaterThan(0);
          expect(acknowledge).toBeLessThanOrEqual(accept);
          expect(accept).toBeGreaterThanOrEqual(inOrder[i - 1]?.accept ?? 0);
        }
      }
    }
  });

  it('say in words what they are, and which figures are our own choice', () => {
    for (const target of allTargets())
      expect(target).toMatchObject({
        label: 'ours',
        words: expect.any(String),
        source: expect.stringContaining('Throughcare'),
      });
    const named = allTargets().map(({ id, version }) => `${id}@${version}`);
    expect(new Set(named).size).toBe(named.length);
  });

  it('a new version counts from its day on; offers of earlier days keep the earlier one', () => {
    const [first] = allTargets();
    const second: Target = { ...first!, version: 2, effectiveFrom: '2010-04-01' };
    const versionOn = (day: string) => targetFor('community>socialCare', day, [first!, second]).version;
    expect([versionOn('2010-03-31'), versionOn('2010-04-01')]).toEqual([1, 2]);
    expect(() => targetFor('community>socialCare', '2009-03-31')).toThrow('no target was in force');
  });
});
