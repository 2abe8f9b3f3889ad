import type { Instant } from '#kernel';
import type { Team } from '../fields.js';
import type { PersonRecord, Stay } from '../record/state.js';

/** Who holds on a hospital's side: the ward where it is known, else the hospital itself. */
const sideOf = (hospital: string, ward: Team | undefined): Team =>
  ward ?? { team: hospital, organisation: hospital, sector: 'secondary' };

export const admittedTo = (stay: Stay): Team => sideOf(stay.hospital, stay.ward);

export const movedTo = (move: Stay['moves'][number]): Team => sideOf(move.hospital, move.ward);

/** The hospital's team at that moment of the stay. */
export function hospitalTeam(stay: Stay, at: Instant): Team {
  const move = stay.moves.findLast((m) => m.at <= at);
  return move ? movedTo(move) : admittedTo(stay);
}

export const isInside = (stay: Stay, at: Instant): boolean =>
  stay.admitted.at <= at && (!stay.discharged || stay.discharged.at > at);

/** The stay the person is in at that moment: the latest admission where a source gives several. */
export const currentStay = (record: PersonRecord, at: Instant): Stay | undefined =>
  record.stays.findLast((stay) => isInside(stay, at));

/** The moments of leaving hospital for good: to another hospital, or dead, is no leaving. */
export const leavings = (record: PersonRecord): readonly Instant[] =>
  record.stays.flatMap(({ discharged }) =>
    discharged &&
    discharged.destination !== 'hospital' &&
    discharged.destination !== 'died' &&
    !record.stays.some((other) => isInside(other, discharged.at))
      ? [discharged.at]
      : [],
  );
