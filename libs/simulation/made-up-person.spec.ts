import { describe, expect, it } from '@jest/globals';
import { checkNhsNumber } from '#people';
import { Chance } from './chance.js';
import { madeUpPerson } from './made-up-person.js';

const everybody = (seed: number) =>
  Array.from({ length: 3000 }, (_, i) => madeUpPerson(new Chance(seed, i), i, '2010-01-01'));

describe('Made-up people', () => {
  it('are the same again from the same seed, and others from another', () => {
    expect(everybody(7)).toEqual(everybody(7));
    expect(everybody(8)).not.toEqual(everybody(7));
  });

  it('have numbers of the test range that nobody else has; one in eleven has none', () => {
    const numbers = everybody(7).flatMap(({ nhsNumber }) => nhsNumber ?? []);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(numbers.every((n) => n.startsWith('999') && checkNhsNumber(n).valid)).toBe(true);
    expect(numbers.length / 3000).toBeCloseTo(10 / 11, 1);
  });

  it('are old, and can be rung by nobody', () => {
    const people = everybody(7);
    expect(people.every(({ birthDate }) => birthDate > '1912-12-01' && birthDate < '1944-02-01')).toBe(true);
    expect(people.every(({ phone }) => /^01632 960\d{3}$/.test(phone))).toBe(true);
    expect(new Set(people.map(({ familyName }) => familyName)).size).toBeGreaterThan(400);
  });
});
