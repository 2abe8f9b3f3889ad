import { longDate, nhsNumber } from '#web';
import type { PersonView } from '../record/person.view.js';

/** One line of two people side by side, so that the eye finds what differs. */
export interface Compared {
  readonly label: string;
  readonly from: string;
  readonly to: string;
}

const born = ({ born: day }: PersonView): string => (day === null ? 'Not shown' : longDate(day));
const number = ({ withheld, nhsNumber: digits }: PersonView): string =>
  withheld === null ? (digits === null ? 'Not known' : nhsNumber(digits)) : 'Not shown';

export const twoPeople = (from: PersonView, to: PersonView): readonly Compared[] => [
  { label: 'Name', from: from.name, to: to.name },
  { label: 'Born', from: born(from), to: born(to) },
  { label: 'NHS number', from: number(from), to: number(to) },
  { label: 'Address', from: from.address ?? 'Not known', to: to.address ?? 'Not known' },
];
