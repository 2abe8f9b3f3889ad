import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MAX_PARTS } from '../subject.js';
import { PartsIndex } from './parts-index.js';

const subjects = fc.array(fc.integer({ min: 0, max: MAX_PARTS - 1 }), { maxLength: 60 });

function logOf(hashes: readonly number[]): DatabaseSync {
  const db = new DatabaseSync(':memory:');
  db.exec('CREATE TABLE events (ordinal INTEGER PRIMARY KEY, subject INTEGER NOT NULL)');
  const insert = db.prepare('INSERT INTO events (subject) VALUES (?)');
  for (const hash of hashes) insert.run(hash);
  return db;
}

describe('The index of the parts of a log', () => {
  it('finds what reading through the whole log would find', () => {
    const window = fc.record({ from: fc.nat({ max: 60 }), end: fc.nat({ max: 60 }), limit: fc.integer({ min: 1, max: 10 }) });
    fc.assert(
      fc.property(subjects, fc.integer({ min: 1, max: 7 }), window, (hashes, of, { from, end, limit }) => {
        const index = new PartsIndex(logOf(hashes), hashes.length);
        for (let part = 0; part < of; part++) {
          const expected = hashes.map((hash, i) => ({ hash, ordinal: i + 1 }))
            .filter(({ hash, ordinal }) => hash % of === part && ordinal > from && ordinal <= end)
            .map(({ ordinal }) => ordinal);
          expect([...index.of({ index: part, of }, from, end, limit)]).toEqual(expected.slice(0, limit));
        }
      }),
    );
  });
});
