import { describe, expect, it } from '@jest/globals';
import { checkNhsNumber, formatNhsNumber, normaliseNhsNumber } from './nhs-number.js';

describe('NHS number', () => {
  it.each(['9434765919', '9434765870', '9000000009', '4010232137', '9449310475'])('%s is valid', (number) => {
    expect(checkNhsNumber(number)).toEqual({ valid: true, number, warnings: [] });
  });

  it.each([
    ['9434765918', 'its check digit is wrong'],
    ['1234567890', 'its nine digits have no check digit at all'],
  ])('%s is refused because %s', (number) => {
    expect(checkNhsNumber(number)).toEqual({ valid: false, problem: 'checkDigit' });
  });

  it('every change of one digit is noticed', () => {
    for (let place = 0; place < 10; place++)
      for (let digit = 0; digit < 10; digit++) {
        const changed = `${'9434765919'.slice(0, place)}${digit}${'9434765919'.slice(place + 1)}`;
        expect(checkNhsNumber(changed).valid).toBe(changed === '9434765919');
      }
  });

  it('numbers of one repeated digit pass the check digit and are pointed out', () => {
    expect(checkNhsNumber('1111111111')).toEqual({ valid: true, number: '1111111111', warnings: ['repeatedDigits'] });
    expect(checkNhsNumber('9999999999')).toMatchObject({ valid: true, warnings: ['repeatedDigits', 'testRange'] });
  });

  it('is read as people write it and printed 3-3-4', () => {
    expect(normaliseNhsNumber(' 943 476 5919 ')).toBe('9434765919');
    expect(normaliseNhsNumber('943-476-5919')).toBe('9434765919');
    expect(formatNhsNumber('9434765919')).toBe('943 476 5919');
  });

  it.each(['', '943476591', '94347659190', '943476591X', '٩٤٣٤٧٦٥٩١٩'])('"%s" is not ten digits', (written) => {
    expect(checkNhsNumber(written)).toEqual({ valid: false, problem: 'notTenDigits' });
  });
});
