import { describe, expect, it } from '@jest/globals';
import { definitionsOf } from '#pilots';
import { criterionFields, eligibilityBody, workedOut } from './eligibility.js';

const now = '2011-03-01T08:05:00.000Z';
const pathway = 'torbay-older-people';
const asked = { pathway, day: '2011-03-01', birthDate: '1925-06-11' };
const answers = {
  'eligibility-torbay-older-people-registeredWith': 'notKnown',
  'eligibility-torbay-older-people-agrees': 'met',
};

describe('The criteria, when a referral is taken', () => {
  it('are asked one by one, each with how it is known; the age is not', () => {
    const fields = criterionFields(definitionsOf('torbay'), now);
    expect(fields.map(({ name }) => name)).toEqual(Object.keys(answers));
    expect(fields[0]!.hint).toContain('Derived from what is known [D]');
  });

  it('are those of the pathway that was chosen, where a pilot runs several', () => {
    const fields = criterionFields([...definitionsOf('torbay'), ...definitionsOf('wakefield')], now);
    expect(fields.find(({ name }) => name.includes('wakefield'))?.when).toEqual({
      field: 'pathway',
      is: ['wakefield-substance-misuse'],
    });
  });

  it('are recorded as they were answered, with the age from the date of birth', () => {
    expect(eligibilityBody(answers, asked)).toEqual({ minimumAge: 'met', registeredWith: 'notKnown', agrees: 'met' });
    expect(eligibilityBody(answers, { ...asked, birthDate: '1950-01-01' })).toMatchObject({ minimumAge: 'notMet' });
    expect(eligibilityBody(answers, { ...asked, birthDate: undefined })).toMatchObject({ minimumAge: 'notKnown' });
    expect(workedOut(asked)).toEqual([
      { label: 'Aged 65 or over on the day of the referral.', text: 'Met, by the date of birth' },
    ]);
  });

  it('of a referral that was made under an earlier version are those that it has', () => {
    expect(eligibilityBody(answers, { ...asked, day: '2010-03-31' })).toEqual({ minimumAge: 'met', agrees: 'met' });
  });
});
