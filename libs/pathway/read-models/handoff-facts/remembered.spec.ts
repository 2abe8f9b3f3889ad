import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { effectiveHistory, minutes, plus } from '#kernel';
import { pathwayRegistry, recordFold } from '../../domain/record/fold.js';
import type { PersonRecord } from '../../domain/record/state.js';
import { referralTaken } from '../../domain/testing/entries.js';
import { given } from '../../domain/testing/story.js';
import { at, mrsSmith } from '../../domain/testing/torbay.js';
import { anyDay, asked, type Day } from '../../domain/testing/walk.js';
import { handoffFactsModel } from './model.js';

const nobody = recordFold.initial('somebody else');

/** The record after each entry of a day. */
function recordsOf({ steps }: Day): readonly PersonRecord[] {
  let story = given(...referralTaken(at('2011-03-01 08:00')));
  let now = at('2011-03-01 09:00');
  for (const step of steps) {
    now = plus(now, minutes(step.wait));
    story = story.when(asked(story, step, now)).goOn();
  }
  let record = recordFold.initial(mrsSmith);
  return effectiveHistory(story.log, pathwayRegistry).map((event) => (record = recordFold.evolve(record, event)));
}

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
        const records = recordsOf(day);
        const remembered = records.map(rowsOf);
        reused += remembered.filter((rows, i) => rows.some((row) => remembered[i - 1]?.includes(row))).length;
        expect(remembered).toEqual(records.map(rowsMadeAnew));
      }),
      { numRuns: 150 },
    );
    expect(reused).toBeGreaterThan(100);
  });
});
