/**
 * Emergency access ("breaking the glass", DESIGN 7, FACTS 6). It needs nobody's permission, so it cannot be denied when
 * it is needed: whoever may ask `openInEmergency` opens a record by saying why. What it shows is the journey, to be
 * read, with who it is. It has no part in `mayRunOn`: nothing is changed by it.
 */
import type { Actor } from '#kernel';
import { mayAsk, type JourneyVerdict, type RefusedAccess, type Verdict } from '../policy.js';

/** As far as deciding who sees and who reviews it needs. */
export interface AccessParts {
  /** Who opened the record. */
  readonly staff: string;
  /** Teams that were told: those that hold or held last. */
  readonly told: readonly { readonly organisation: string }[];
  /** Of the journey; absent for people of no pilot. */
  readonly pilot?: string;
}

const notYours = (reason: string): RefusedAccess => ({ allowed: false, code: 'notYours', reason });
const isTold = ({ organisation }: Actor, { told }: AccessParts): boolean =>
  told.some((team) => team.organisation === organisation);

const caresForPeople = ({ role }: Actor): boolean => role === 'coordinator' || role === 'dutyManager';

/** Whoever opened it, the teams that were told, the lead of the pilot and the auditor. */
export function maySeeEmergencyAccess(actor: Actor, access: AccessParts): JourneyVerdict {
  const asks = mayAsk(actor, 'emergencyAccess', access.pilot);
  if (!asks.allowed) return asks;
  const isPseudonymous = { allowed: true, identity: 'pseudonymous' } as const;
  if (!caresForPeople(actor))
    return actor.role === 'pilotLead' && access.pilot === undefined
      ? notYours('this journey belongs to no pilot')
      : { ...isPseudonymous, reason: 'oversight of emergency access, without identity' };
  if (isTold(actor, access)) return { allowed: true, identity: 'shown', reason: 'your organisation was told' };
  return actor.staff === access.staff
    ? { ...isPseudonymous, reason: 'you opened it; who it is stands on the record, while it may be read' }
    : notYours('your organisation was not told of this access');
}

/** The team that holds, or the auditor; nobody reviews what they opened themselves. */
export function mayReviewEmergencyAccess(actor: Actor, access: AccessParts): Verdict {
  const sees = maySeeEmergencyAccess(actor, access);
  if (!sees.allowed) return sees;
  if (actor.staff === access.staff) return notYours('somebody else reviews what you opened');
  return actor.role === 'auditor' || (caresForPeople(actor) && isTold(actor, access))
    ? { allowed: true }
    : { allowed: false, code: 'role', reason: 'the team that holds reviews emergency access, or the auditor' };
}
