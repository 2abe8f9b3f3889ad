import { describe, expect, it } from '@jest/globals';
import { isAged } from './age.js';

describe('Somebody is 65', () => {
  it('from the birthday on', () => {
    expect(isAged(65, '1946-03-02', '2011-03-01')).toBe(false);
    expect(isAged(65, '1946-03-01', '2011-03-01')).toBe(true);
  });

  it('on 1 March where they were born on 29 February and the year has none', () => {
    expect(isAged(65, '1944-02-29', '2009-02-28')).toBe(false);
    expect(isAged(65, '1944-02-29', '2009-03-01')).toBe(true);
  });
});
