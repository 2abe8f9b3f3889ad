/** What somebody types into the one box of the header. */
import { isCivilDate } from '#kernel';
import { checkNhsNumber, type PersonQuery } from '#people';

/** `Smith 11 6 1925`, `Smith, 11/06/1925`, `Mc Donald 11.6.1925`. */
const nameAndDay = /^(.*\p{L}.*?)[\s,]+(\d{1,2})[\s./-]+(\d{1,2})[\s./-]+(\d{4})$/u;

export type TypedQuery = Exclude<PersonQuery, { readonly alike: unknown }>;

export type Typed =
  | { readonly query: TypedQuery; readonly problem?: undefined }
  | { readonly query?: undefined; readonly problem: string };

const howTo = 'Enter an NHS number, or a surname and a date of birth, like Smith 11 6 1925';

/** A surname alone would show everybody of that name: it needs the date of birth. */
export function readTyped(text: string): Typed {
  const typed = text.trim();
  if (/^[\d\s-]+$/.test(typed)) {
    const checked = checkNhsNumber(typed);
    if (checked.valid) return { query: { nhsNumber: checked.number } };
    return checked.problem === 'notTenDigits'
      ? { problem: howTo }
      : { problem: 'This is not an NHS number: a digit is wrong or two are swapped. Read it again' };
  }
  const [, surname, day, month, year] = nameAndDay.exec(typed) ?? [];
  if (surname === undefined) return { problem: howTo };
  const birthDate = `${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`;
  return isCivilDate(birthDate)
    ? { query: { surname: surname.trim(), birthDate } }
    : { problem: 'The date of birth must be a real date, like 11 6 1925' };
}
