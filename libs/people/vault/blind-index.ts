/** Lets the vault find a person by what it stores only encrypted: equal input, equal HMAC, nothing to read back. */
import { createHmac, type KeyObject } from 'node:crypto';
import type { CivilDate } from '#kernel';
import { normaliseSurname, type Named } from '../domain/identity.js';

export interface BlindIndex {
  nhsNumber(number: string): Buffer;
  surnameAndBirthDate(surname: string, birthDate: CivilDate): Buffer;
  /** Equal in one of these where one thing about somebody was misheard or mistyped, and the rest was not. */
  likenesses(named: Named): readonly Buffer[];
}

export function blindIndex(key: KeyObject): BlindIndex {
  const hmac = (text: string): Buffer => createHmac('sha256', key).update(text).digest();
  return {
    nhsNumber: (number) => hmac(`nhs-number:${number}`),
    surnameAndBirthDate: (surname, birthDate) => hmac(`surname:${normaliseSurname(surname)}:${birthDate}`),
    likenesses: ({ givenName, familyName, birthDate }) => {
      // Norah and Nora, Elizabeth and Eliza; not everybody whose name begins with one letter.
      const given = normaliseSurname(givenName).slice(0, 3);
      const surname = normaliseSurname(familyName);
      const [year, ...day] = birthDate.split('-');
      return [
        hmac(`other-surname:${given}:${birthDate}`),
        hmac(`other-day:${given}:${surname}:${year}`),
        hmac(`other-year:${given}:${surname}:${day.join('-')}`),
      ];
    },
  };
}
