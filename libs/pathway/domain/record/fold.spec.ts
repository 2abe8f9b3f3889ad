import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { RecordedEvent } from '#kernel';
import { handoffClocks } from '../handoff/clocks.js';
import { alertsOf } from '../responsibility/alerts.js';
import { responsibleAt, responsibilityTimeline } from '../responsibility/responsibility.js';
import { anyLog, anyMoment } from '../testing/arbitrary.js';
import { mrsSmith } from '../testing/torbay.js';
import { pathwayRegistry, recordFold, recordOf } from './fold.js';

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
}

const hasEffect = ({ type }: RecordedEvent): boolean => pathwayRegistry.definition(type).effect !== undefined;

describe('the record of a person', () => {
  it('is folded from any events in any order, and everything asked of it has an answer', () => {
    fc.assert(
      fc.property(anyLog, anyMoment, (log, moment) => {
        const record = recordOf(mrsSmith, log);
        for (const journey of Object.values(record.journeys)) {
          expect(responsibleAt(record, journey.journeyId, moment).kind).toMatch(/^(team|nobody|ended)$/);
          journey.handoffs.forEach((handoff) => handoffClocks(record, journey, handoff));
          alertsOf(record, journey);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('has exactly one answer to who is responsible at every moment: periods meet', () => {
    fc.assert(
      fc.property(anyLog, anyMoment, (log, moment) => {
        const record = recordOf(mrsSmith, log);
        for (const id of Object.keys(record.journeys)) {
          const periods = responsibilityTimeline(record, id, moment);
          periods.forEach(({ from, to }, i) => {
            expect(to).toBe(periods[i + 1]?.from);
            expect(to === undefined || from < to).toBe(true);
          });
          const last = periods.at(-1);
          if (last) expect(responsibleAt(record, id, moment)).toMatchObject({ kind: last.kind, since: last.since });
        }
      }),
      { numRuns: 500 },
    );
  });

  it('never changes what it was given', () => {
    fc.assert(
      fc.property(anyLog, (log) => {
        log.reduce(
          (record, event) => frozen(recordFold.evolve(record, frozen(event))),
          frozen(recordFold.initial(mrsSmith)),
        );
      }),
    );
  });

  it('is the same folded event by event or all at once, where events arrive as care happened', () => {
    fc.assert(
      fc.property(anyLog, (log) => {
        const inOrder = log
          .filter((event) => !hasEffect(event))
          .toSorted((a, b) => (a.occurredAt < b.occurredAt ? -1 : a.occurredAt > b.occurredAt ? 1 : 0));
        expect(inOrder.reduce(recordFold.evolve, recordFold.initial(mrsSmith))).toEqual(recordOf(mrsSmith, inOrder));
      }),
    );
  });

  it('does not concern itself with events of other contexts', () => {
    fc.assert(
      fc.property(anyLog, (log) => {
        const others = log.map((event) => ({ ...event, type: 'RecordViewed' }));
        expect(recordOf(mrsSmith, others)).toEqual(recordFold.initial(mrsSmith));
        expect(others.reduce(recordFold.evolve, recordFold.initial(mrsSmith))).toEqual(recordFold.initial(mrsSmith));
      }),
      { numRuns: 20 },
    );
  });
});
