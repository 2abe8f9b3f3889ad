import { describe, expect, it } from '@jest/globals';
import { readTyped } from './typed.js';

describe('What is typed to find somebody', () => {
  it.each(['943 476 5870', '9434765870', '943-476-5870'])('is an NHS number: %s', (typed) => {
    expect(readTyped(typed)).toEqual({ query: { nhsNumber: '9434765870' } });
  });

  it.each(['Smith 11 6 1925', 'Smith, 11/06/1925', ' Smith 11.6.1925 '])('is a surname and a day: %s', (typed) => {
    expect(readTyped(typed)).toEqual({ query: { surname: 'Smith', birthDate: '1925-06-11' } });
  });

  it('is a surname of several words', () => {
    expect(readTyped("O'Brien de la Mare 1 2 1930")).toEqual({
      query: { surname: "O'Brien de la Mare", birthDate: '1930-02-01' },
    });
  });

  it.each([
    ['a surname alone finds nobody', 'Smith', /a surname and a date of birth/],
    ['a wrong digit is said', '943 476 5871', /digit is wrong/],
    ['a day that is none is said', 'Smith 31 2 1925', /real date/],
    ['nothing at all', '', /Enter an NHS number/],
  ])('%s', (_, typed, says) => {
    expect(readTyped(typed).problem).toMatch(says);
  });
});
