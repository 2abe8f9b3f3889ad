/** NHS numbers: ten digits of which the last is a check digit, modulus 11 (FACTS 4.2). */

export type NhsNumberCheck =
  | {
      readonly valid: true;
      /** Ten digits, no spaces. */
      readonly number: string;
      /**
       * `repeatedDigits`: passes the check digit and is still a number people type to get past a form (FACTS 3.15,
       * row 18). `testRange`: 999…, never given to a patient.
       */
      readonly warnings: readonly ('repeatedDigits' | 'testRange')[];
    }
  | { readonly valid: false; readonly problem: 'notTenDigits' | 'checkDigit' };

/** Ten digits out of what people write: `943 476 5919`, `943-476-5919`. Undefined where they are not ten digits. */
export function normaliseNhsNumber(written: string): string | undefined {
  const digits = written.replace(/[\s-]/g, '');
  return /^[0-9]{10}$/.test(digits) ? digits : undefined;
}

export function checkNhsNumber(written: string): NhsNumberCheck {
  const number = normaliseNhsNumber(written);
  if (!number) return { valid: false, problem: 'notTenDigits' };
  if (checkDigit(number) !== Number(number[9])) return { valid: false, problem: 'checkDigit' };
  return {
    valid: true,
    number,
    warnings: [
      ...(/^(\d)\1{9}$/.test(number) ? (['repeatedDigits'] as const) : []),
      ...(number.startsWith('999') ? (['testRange'] as const) : []),
    ],
  };
}

/** `943 476 5919`, as it is printed and read aloud. */
export const formatNhsNumber = (number: string): string =>
  `${number.slice(0, 3)} ${number.slice(3, 6)} ${number.slice(6)}`;

/** 10 where the nine digits have no check digit: no such number is ever issued. */
function checkDigit(number: string): number {
  let sum = 0;
  for (let i = 0; i < 9; i++) sum += Number(number[i]) * (10 - i);
  return (11 - (sum % 11)) % 11;
}
