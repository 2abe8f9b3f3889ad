/** A journey that was offered to Brixham this morning, as either side sees it. */
import { at, person, type Entry } from '../../../test/support/history.js';
import { subjectOf } from '../../../test/support/subject.js';
import type { Subject } from '../web/record/subject.js';

export const now = at('2011-03-01 09:00');
export const she = person('Mrs Smith');
export const offered = [...she.referred('2011-02-21 11:00'), she.offered('one', '2011-03-01 08:50')];

export const inTorbay = (history: readonly Entry[], when = now): Subject =>
  subjectOf(history, she.journey, 'coordinator-torbay', when);
export const inBrixham = (history: readonly Entry[], when = now): Subject =>
  subjectOf(history, she.journey, 'coordinator-brixham', when);
