import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { recordFold } from '../../domain/record/fold.js';
import type { PersonRecord } from '../../domain/record/state.js';
import { mrsSmith } from '../../domain/testing/torbay.js';
import { anyDay, recordsAfter } from '../../domain/testing/walk.js';
import { handoffFactsModel } from './model.js';

const nobody = recordFold.initial('somebody else');

const rowsOf = (record: PersonRecord) => handoffFactsModel.rows(record, mrsSmith)['handoff_fact']!;

/** Nothing is remembered of a person once another one has come. */
function rowsMadeAnew(record: PersonRecord) {
  handoffFactsModel.rows(nobody, nobody.personId);
  return rowsOf(record);
}

describe('The facts of handovers', () => {
  it('that are remembered from the entry before are those that would be made anew', () => {
    let reused = 0;
    fc.assert(
      fc.property(anyDay, (day) => {
        const records = recordsAfter(day);
        const remembered = records.map(rowsOf);
        reused += remembered.filter((rows, i) => rows.some((row) => remembered[i - 1]?.includes(row))).length;
        expect(remembered).toEqual(records.map(rowsMadeAnew));
      }),
      { numRuns: 150 },
    );
    expect(reused).toBeGreaterThan(100);
  });
});
