import { deriveId } from '#kernel';
import type { Identity } from '../domain/identity.js';

export const smith: Identity = {
  givenName: 'Evangeline',
  familyName: 'Smitherington',
  birthDate: '1925-07-14',
  sex: 'female',
  nhsNumber: '943 476 5919',
  address: '12 Fictitious Terrace, Brixham',
  phone: '01803 000000',
};
export const mrsSmith = deriveId('test-person', 'smith');
export const someoneElse = deriveId('test-person', 'other');
