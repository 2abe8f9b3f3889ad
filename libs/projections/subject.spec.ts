import { describe, expect, it } from '@jest/globals';
import type { RecordedEvent } from '#kernel';
import type { ReadModel, Row } from './definition.js';
import { modelSet } from './model-set.js';
import { Subject } from './subject.js';
import { items, sampleEvent, sampleRegistry, totals } from './testing/sample.js';

const noted = (n: number, item: string, amount: number, day: number): RecordedEvent => ({
  ...sampleEvent(n, { type: 'Noted', data: { item, amount }, person: 'p1', stream: 'journey-1', day }),
  stream: 'journey-1', revision: n - 1, position: String(n), ordinal: n,
});

const subjectOf = (model: unknown): Subject => new Subject('p1', modelSet([model as ReadModel]).person, sampleRegistry);

describe('one subject', () => {
  it('asks for rows only after events that may change them, and always after a late entry', () => {
    let asked = 0;
    const counting = { ...totals, affectedBy: ['Closed'], rows: (...args: Parameters<typeof totals.rows>) => (asked++, totals.rows(...args)) };
    const subject = subjectOf(counting);
    subject.advance([noted(1, 'a', 1, 1)]);
    subject.advance([noted(2, 'a', 2, 2)]);
    expect(asked).toBe(0);
    subject.advance([noted(3, 'b', 2, 1)]);
    expect(asked).toBe(1);
  });

  it('folds events in order one by one, without going through the past again', () => {
    let evolved = 0;
    const fold = { ...items, evolve: (...args: Parameters<typeof items.evolve>) => (evolved++, items.evolve(...args)) };
    const subject = subjectOf({ ...totals, fold });
    for (let n = 1; n <= 10; n++) subject.advance([noted(n, 'a', n, n)]);
    expect(evolved).toBe(10);
    subject.advance([noted(11, 'a', 11, 1)]);
    expect(evolved).toBe(21);
  });

  it.each([
    ['a text in a number', { subject: 'p1', sum: '1', count: 1 }, 'total.sum cannot hold "1"'],
    ['a fraction in a whole number', { subject: 'p1', sum: 1, count: 1.5 }, 'total.count cannot hold 1.5'],
    ['nothing at all', { subject: 'p1', sum: 1 }, 'total.count cannot hold undefined'],
    ['no key', { subject: null, sum: 1, count: 1 }, 'part of the key'],
  ])('goes into quarantine rather than have %s written', (_what, row, error) => {
    const subject = subjectOf({ ...totals, rows: () => ({ total: [row as unknown as Row] }) });
    expect(subject.advance([noted(1, 'a', 1, 1)])).toEqual([]);
    expect(subject.failures).toMatchObject([{ failure: { ordinal: 1, error: expect.stringContaining(error) } }]);
  });

  it('goes into quarantine when two rows have one key, or rows belong to no table', () => {
    const row = { subject: 'p1', sum: 1, count: 1 };
    const twice = subjectOf({ ...totals, rows: () => ({ total: [row, { ...row, sum: 2 }] }) });
    twice.advance([noted(1, 'a', 1, 1)]);
    expect(twice.failures[0]?.failure.error).toBe('two rows of total have the key p1');
    const astray = subjectOf({ ...totals, rows: () => ({ totals: [row] }) });
    astray.advance([noted(1, 'a', 1, 1)]);
    expect(astray.failures[0]?.failure.error).toBe('totals has no table totals');
  });

  it('comes out of quarantine by itself when the entry that broke it is voided', () => {
    const subject = subjectOf({
      ...totals,
      fold: { ...items, evolve: (state: never, event: RecordedEvent) => {
        if ((event.data as { amount?: number }).amount === 13) throw new Error('13');
        return items.evolve(state, event);
      } },
    });
    subject.advance([noted(1, 'a', 1, 1), noted(2, 'a', 13, 2)]);
    expect(subject.failures).toMatchObject([{ failure: { ordinal: 2 } }]);
    const voided = { ...noted(3, 'a', 0, 3), type: 'MadeInError', data: { ids: [noted(2, 'a', 13, 2).eventId] } };
    const changes = subject.advance([voided, noted(4, 'a', 5, 4)]);
    expect(subject.failures).toEqual([]);
    expect(changes).toMatchObject([{ before: ['p1', 1, 1], after: ['p1', 5, 1], ordinal: 4 }]);
  });
});
