import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { minutes, plus } from '#kernel';
import { pathwayRegistry, recordOf } from '../domain/record/fold.js';
import { referralTaken } from '../domain/testing/entries.js';
import { given, type Story } from '../domain/testing/story.js';
import { at, mrsSmith } from '../domain/testing/torbay.js';
import { anyDay, asked, type Day } from '../domain/testing/walk.js';
import { pathwayReadModels } from './index.js';

const ofPersons = pathwayReadModels.filter(({ subject }) => subject === 'person');

function lived({ steps }: Day): Story {
  let story = given(...referralTaken(at('2011-03-01 08:00')));
  let now = at('2011-03-01 09:00');
  for (const step of steps) {
    now = plus(now, minutes(step.wait));
    story = story.when(asked(story, step, now)).goOn();
  }
  return story;
}

describe('The read models of a person', () => {
  it('are told of every entry that changes what they show', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        const { log } = lived(day);
        const rowsAfter = (count: number) => {
          const record = recordOf(mrsSmith, log.slice(0, count));
          return ofPersons.map((model) => JSON.stringify(model.rows(record, mrsSmith)));
        };
        let before = rowsAfter(0);
        let latest = '';
        log.forEach((event, i) => {
          const after = rowsAfter(i + 1);
          // A late entry, or one about another entry, has the whole record folded again: every model is asked.
          const refolds = event.occurredAt < latest || pathwayRegistry.definition(event.type).effect !== undefined;
          const missed = ofPersons.filter(
            ({ affectedBy }, m) => !refolds && !affectedBy.includes(event.type) && before[m] !== after[m],
          );
          expect({ type: event.type, missed: missed.map(({ name }) => name) }).toEqual({
            type: event.type,
            missed: [],
          });
          if (event.occurredAt > latest) latest = event.occurredAt;
          before = after;
        });
      }),
      { numRuns: 400 },
    );
  });
});
