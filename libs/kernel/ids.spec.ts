import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { v5 } from 'uuid';
import { deriveId, eventIdOf, idOfStream, journeyStream } from './index.js';

describe('Derived ids', () => {
  it('are the same again for a repeat, and differ for another command or another event of it', () => {
    expect(eventIdOf('c1', 0)).toBe(eventIdOf('c1', 0));
    expect(new Set([eventIdOf('c1', 0), eventIdOf('c1', 1), eventIdOf('c2', 0), deriveId('event', 'c1', '00')]).size).toBe(4);
  });

  it('never change between releases: stored events carry them', () => {
    expect(eventIdOf('0f8fad5b-d9cb-469f-a165-70867728950e', 0)).toBe('bf9f7935-8fd6-5737-b5fe-19392465a0c7');
  });

  it('are those that the uuid library derives', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(deriveId('event', text, 7)).toBe(v5(`event\u001f${text}\u001f7`, '6f0ac2e1-3b5f-5d0e-9a53-0d1f4f6b2c77'));
      }),
    );
  });

  it('give back the id that a stream is named after', () => {
    expect(idOfStream(journeyStream('5b1f0f3e-58a5-5d0c-8c6e-1f1de5d0a001'))).toBe('5b1f0f3e-58a5-5d0c-8c6e-1f1de5d0a001');
  });
});
