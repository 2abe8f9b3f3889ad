import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { PersonRecord } from '../record/state.js';
import { at } from '../testing/torbay.js';
import { anyDay, recordsAfter } from '../testing/walk.js';
import { responsibilityTimeline } from './responsibility.js';

const END = at('2011-12-31 00:00');

const timelinesOf = (record: PersonRecord) =>
  Object.keys(record.journeys).map((journey) => responsibilityTimeline(record, journey, END));

describe('Who was responsible', () => {
  it('is, from what is remembered of the entry before, what it would be worked out anew', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        const records = recordsAfter(day);
        const remembered = records.map(timelinesOf);
        // Nothing of a copy is the same part as before, so nothing remembered of the person fits it.
        expect(remembered).toEqual(
          records.map((record) => timelinesOf(JSON.parse(JSON.stringify(record)) as PersonRecord)),
        );
      }),
      { numRuns: 150 },
    );
  });
});
