/** Lets the vault find a person by what it stores only encrypted: equal input, equal HMAC, nothing to read back. */
import { createHmac, type KeyObject } from 'node:crypto';
import type { CivilDate } from '#kernel';
import { normaliseSurname } from '../domain/identity.js';

export interface BlindIndex {
  nhsNumber(number: string): Buffer;
  surnameAndBirthDate(surname: string, birthDate: CivilDate): Buffer;
}

export function blindIndex(key: KeyObject): BlindIndex {
  const hmac = (text: string): Buffer => createHmac('sha256', key).update(text).digest();
  return {
    nhsNumber: (number) => hmac(`nhs-number:${number}`),
    surnameAndBirthDate: (surname, birthDate) => hmac(`surname:${normaliseSurname(surname)}:${birthDate}`),
  };
}
