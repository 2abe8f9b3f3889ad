import { isCivilDate, type CivilDate } from '#kernel';
import { checkNhsNumber } from './nhs-number.js';

/** Who a person is. It lives in the vault and nowhere else (DESIGN 7). */
export interface Identity {
  readonly givenName: string;
  readonly familyName: string;
  readonly birthDate: CivilDate;
  /** The codes of FHIR's administrative gender. */
  readonly sex?: 'female' | 'male' | 'other' | 'unknown';
  /** Ten digits; what is handed in with spaces is stored without. */
  readonly nhsNumber?: string;
  readonly address?: string;
  readonly phone?: string;
  readonly gp?: string;
}

/** What somebody is called and when they were born: all that is known of most who are new. */
export type Named = Pick<Identity, 'givenName' | 'familyName' | 'birthDate'>;

/** What is left to show of a person whose key was destroyed. */
export interface Erased {
  readonly erased: true;
}

/** Names the fields and never their values, because messages reach logs. */
export class InvalidIdentityError extends Error {
  constructor(readonly fields: readonly (keyof Identity)[]) {
    super(`not a usable identity: ${fields.join(', ')}`);
  }
}

/** The identity in the form that is stored. @throws InvalidIdentityError */
export function normaliseIdentity(identity: Identity): Identity {
  const nhsNumber = identity.nhsNumber === undefined ? undefined : checkNhsNumber(identity.nhsNumber);
  const wrong: (keyof Identity)[] = [];
  if (normaliseSurname(identity.familyName) === '') wrong.push('familyName');
  if (!isCivilDate(identity.birthDate)) wrong.push('birthDate');
  if (nhsNumber?.valid === false) wrong.push('nhsNumber');
  if (wrong.length > 0) throw new InvalidIdentityError(wrong);
  return nhsNumber?.valid ? { ...identity, nhsNumber: nhsNumber.number } : identity;
}

/** `O’Brien`, `OBRIEN` and `o'brien` are looked up alike; `Müller` and `Muller` too. */
export const normaliseSurname = (surname: string): string =>
  surname.normalize('NFKD').replace(/[^\p{L}\p{N}]/gu, '').toLowerCase();
