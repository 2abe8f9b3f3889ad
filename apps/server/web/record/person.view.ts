import { civilDate, type CivilDate, type Instant } from '#kernel';
import type { PersonRecord } from '#pathway';
import type { Erased, Identity } from '#people';

/** Who it is about: on every page and form that shows or changes a record (SCENARIOS). */
export interface PersonView {
  readonly name: string;
  readonly born: CivilDate | null;
  readonly age: number | null;
  /** Ten digits. */
  readonly nhsNumber: string | null;
  readonly address: string | null;
  readonly phone: string | null;
  readonly died: Instant | null;
  /** Why there is no name. */
  readonly withheld: string | null;
}

export function ageOn(born: CivilDate, day: CivilDate): number {
  const years = Number(day.slice(0, 4)) - Number(born.slice(0, 4));
  return day.slice(5) < born.slice(5) ? years - 1 : years;
}

const nobodyNamed = { born: null, age: null, nhsNumber: null, address: null, phone: null };

/** @param identity undefined where the visitor's role sees no names */
export function personView(
  { personId, death }: Pick<PersonRecord, 'personId' | 'death'>,
  identity: Identity | Erased | undefined,
  now: Instant,
): PersonView {
  const died = death?.at ?? null;
  const reference = `Person ${personId.slice(0, 8)}`;
  if (!identity) return { ...nobodyNamed, name: reference, died, withheld: 'Your role sees records without names.' };
  if ('erased' in identity) return { ...nobodyNamed, name: reference, died, withheld: 'Who this was has been erased.' };
  const { givenName, familyName, birthDate, nhsNumber, address, phone } = identity;
  return {
    name: `${givenName} ${familyName}`,
    born: birthDate,
    age: ageOn(birthDate, civilDate(death?.at ?? now)),
    nhsNumber: nhsNumber ?? null,
    address: address ?? null,
    phone: phone ?? null,
    died,
    withheld: null,
  };
}
