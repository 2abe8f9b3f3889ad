/**
 * What each role may do (FACTS 6: least data per role). Pure; the server asks where data is fetched, and every
 * refusal carries its reason to the screen and to the access log.
 */
import type { Actor, Role } from '#kernel';

export type Verdict = { readonly allowed: true } | RefusedAccess;

export interface RefusedAccess {
  readonly allowed: false;
  readonly code: 'role' | 'notYours' | 'noRecords';
  /** A sentence for the person who asked. */
  readonly reason: string;
}

export type JourneyVerdict =
  | {
      readonly allowed: true;
      /** `pseudonymous`: the record without name, number, address or free text. */
      readonly identity: 'shown' | 'pseudonymous';
      readonly reason: string;
    }
  | RefusedAccess;

export const questions = [
  'worklist', 'notices', 'personSearch', 'referral', 'journey', 'dashboard', 'figureJourneys', 'publishedFigures', 'accessLog', 'eventLog',
  'openInEmergency', 'emergencyAccess', 'pilots', 'status',
] as const;
export type Question = (typeof questions)[number];

/** `own`: of the actor's own pilot only. */
type Reach = 'all' | 'own' | 'none';

const reach: Readonly<Record<Question, Readonly<Record<Role, Reach>>>> = {
  worklist: of({ coordinator: 'all', dutyManager: 'all' }),
  notices: of({ coordinator: 'all', dutyManager: 'all' }),
  personSearch: of({ coordinator: 'all', dutyManager: 'all' }),
  referral: of({ coordinator: 'all' }),
  // Which journeys: maySeeJourney.
  journey: of({ coordinator: 'all', dutyManager: 'all', pilotLead: 'all', auditor: 'all' }),
  dashboard: of({ coordinator: 'own', dutyManager: 'own', pilotLead: 'own', auditor: 'all' }),
  figureJourneys: of({ pilotLead: 'own', auditor: 'all' }),
  // Suppressed and rounded before they leave the pilot (DESIGN 7).
  publishedFigures: of({ coordinator: 'all', dutyManager: 'all', pilotLead: 'all', evaluator: 'all', auditor: 'all' }),
  accessLog: of({ auditor: 'all' }),
  eventLog: of({ auditor: 'all' }),
  // Those who care for people, and whoever is rung at night for them. What comes of it: emergency/policy.ts.
  openInEmergency: of({ coordinator: 'all', dutyManager: 'all' }),
  emergencyAccess: of({ coordinator: 'all', dutyManager: 'all', pilotLead: 'own', auditor: 'all' }),
  pilots: of({ coordinator: 'all', dutyManager: 'all', pilotLead: 'all', evaluator: 'all', auditor: 'all', administrator: 'all' }),
  status: of({ auditor: 'all', administrator: 'all' }),
};

/** May this actor ask this question, of this pilot where the answer concerns one? */
export function mayAsk(actor: Actor, question: Question, pilot?: string): Verdict {
  const found = reach[question][actor.role];
  if (found === 'none') return refused('role', `${plural[actor.role]} do not see this page`);
  if (found === 'own' && pilot !== undefined && pilot !== actor.pilot)
    return refused('notYours', 'this page belongs to another pilot');
  return { allowed: true };
}

/** @param requiredRoles the roles that the use case names; who only looks never runs a command */
export function mayRun(actor: Actor, commandName: string, requiredRoles: readonly Role[]): Verdict {
  if (actor.role === 'auditor' || actor.role === 'evaluator')
    return refused('role', `${plural[actor.role]} read and change nothing`);
  return requiredRoles.includes(actor.role)
    ? { allowed: true }
    : refused('role', `${commandName} is not for ${plural[actor.role]}`);
}

export interface JourneyParts {
  /** Every organisation that has or had a part in the journey, and those an open offer asks. */
  readonly organisations: readonly string[];
  /** Absent for people of no pilot. */
  readonly pilot?: string;
}

/** No record is seen by an organisation with no part in the journey (DESIGN 7). */
export function maySeeJourney(actor: Actor, parts: JourneyParts): JourneyVerdict {
  switch (actor.role) {
    case 'system':
      return { allowed: true, identity: 'pseudonymous', reason: 'work of the system itself' };
    case 'auditor':
      return { allowed: true, identity: 'pseudonymous', reason: 'audit reads everything, without identity' };
    case 'coordinator':
    case 'dutyManager':
      return parts.organisations.includes(actor.organisation)
        ? { allowed: true, identity: 'shown', reason: 'your organisation has a part in this journey' }
        : refused('notYours', 'your organisation has no part in this journey');
    case 'pilotLead':
      return actor.pilot !== undefined && parts.pilot === actor.pilot
        ? { allowed: true, identity: 'pseudonymous', reason: 'a journey of your pilot, without identity' }
        : refused('notYours', 'this journey belongs to another pilot');
    case 'evaluator':
    case 'administrator':
    case 'linkHolder':
      return refused('noRecords', `${plural[actor.role]} see no person's record`);
  }
}

/**
 * May this actor run the command on this journey? Commands that begin a journey have no parts yet: `mayRun` alone
 * decides.
 */
export function mayRunOn(
  actor: Actor,
  commandName: string,
  requiredRoles: readonly Role[],
  parts: JourneyParts,
): Verdict {
  const run = mayRun(actor, commandName, requiredRoles);
  if (!run.allowed || actor.role === 'system') return run;
  const see = maySeeJourney(actor, parts);
  return see.allowed ? run : see;
}

const plural: Readonly<Record<Role, string>> = {
  coordinator: 'coordinators', dutyManager: 'duty managers', pilotLead: 'pilot leads', evaluator: 'evaluators', auditor: 'auditors',
  administrator: 'administrators', system: 'the system', linkHolder: 'people with a one-use link',
};

const refused = (code: RefusedAccess['code'], reason: string): RefusedAccess => ({ allowed: false, code, reason });

function of(some: Partial<Record<Role, Reach>>): Readonly<Record<Role, Reach>> {
  const none = 'none' as Reach;
  return {
    coordinator: none, dutyManager: none, pilotLead: none, evaluator: none, auditor: none, administrator: none, system: none,
    // The link itself says what may be seen and done (ADR 0007).
    linkHolder: none, ...some,
  };
}
