/** Torbay in the spring of 2011, as far as the tests of the domain need it. */
import { deriveId, londonInstant, minutes, plus, type Actor, type Instant, type Role } from '#kernel';
import type { Context, TeamAt } from '../context.js';
import type { Team } from '../fields.js';

/** `at('2011-03-01 16:50')`: the moment at which a clock in Torbay shows that. */
export const at = (local: string): Instant => {
  const [day = '', time] = local.split(' ');
  return londonInstant(day, time);
};

export const mrsSmith = deriveId('person', 'Mrs Smith');
export const otherMrsSmith = deriveId('person', 'the other Mrs Smith');
export const herJourney = deriveId('journey', 'Mrs Smith');
export const othersJourney = deriveId('journey', 'the other Mrs Smith');

export const zone: Team = { team: 'torbay-north-zone', organisation: 'torbay-care-trust', sector: 'community' };
export const socialWork: Team = { team: 'torbay-social-work', organisation: 'torbay-care-trust', sector: 'socialCare' };
export const brixham: Team = {
  team: 'brixham-home-care-team',
  organisation: 'brixham-home-care',
  sector: 'socialCare',
};
export const paignton: Team = { team: 'paignton-care-team', organisation: 'paignton-care', sector: 'socialCare' };
export const volunteers: Team = { team: 'torbay-volunteers', organisation: 'age-concern', sector: 'thirdSector' };
export const ward: Team = { team: 'torbay-hospital-ward', organisation: 'torbay-hospital', sector: 'secondary' };
export const lettings: Team = { team: 'bay-lettings', organisation: 'bay-lettings', sector: 'housing' };
export const closedAgency: Team = { team: 'bay-care', organisation: 'bay-care-ltd', sector: 'socialCare' };

const names: Readonly<Record<string, string>> = {
  [zone.team]: 'North zone',
  [socialWork.team]: 'Social work',
  [brixham.team]: 'Brixham home care',
  [paignton.team]: 'Paignton care',
  [volunteers.team]: 'Torbay volunteers',
  [ward.team]: 'the ward',
  [lettings.team]: 'Bay lettings',
  [closedAgency.team]: 'Bay care',
};

/** The agency that closed at the end of February 2011, with Paignton care as its successor. */
const closes: Instant = at('2011-02-28 00:00');

export function directory(id: string, when: Instant): TeamAt | undefined {
  const team = [zone, socialWork, brixham, paignton, volunteers, ward, lettings, closedAgency].find((known) => known.team === id);
  if (!team) return undefined;
  const isClosed = team === closedAgency && when >= closes;
  return {
    ...team,
    name: names[id] ?? id,
    telephone: '01803 000000',
    status: isClosed ? 'closed' : 'open',
    ...(isClosed && { successor: paignton.team }),
  };
}

export const actorOf = (team: Team, role: Role = 'coordinator'): Actor => ({
  staff: `staff-${team.team}`,
  role,
  organisation: team.organisation,
  sector: team.sector,
  pilot: 'torbay',
});

/** FACTS 3.1: seen within 15 minutes, answered within 30. */
export const hubTargets = (offeredAt: Instant) => ({
  acknowledgeBy: plus(offeredAt, minutes(15)),
  acceptBy: plus(offeredAt, minutes(30)),
  targetVersion: 'hub-default@1',
});

/** Four hours, and the third wrong code locks. */
export const linkLimits: Context['linkLimits'] = ({ issuedAt }) => ({
  until: plus(issuedAt, minutes(240)),
  wrongCodes: 3,
  rule: 'answer-links@1',
});

/** Half an hour before the duty manager is told of a decline; everything else at once. Everybody is always open. */
export const due: Context['due'] = ({ rule, since }) => plus(since, minutes(rule === 'escalateDecline' ? 30 : 0));

export const boundaries = ['community', 'socialCare', 'secondary', 'thirdSector'].flatMap((from) =>
  ['community', 'socialCare', 'secondary', 'housing'].map((to) => `${from}>${to}`),
);
