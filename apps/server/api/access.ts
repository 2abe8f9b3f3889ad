import { mayAsk, type AccessBy, type Principal, type Question } from '#access';
import { Problem } from '#commands';
import type { Purpose, Role } from '#kernel';
import type { Engine } from '../engine.js';
import type { SignedInRequest } from '../security/principal.js';

export const purposeOf: Readonly<Record<Role, Purpose>> = {
  coordinator: 'directCare',
  dutyManager: 'directCare',
  pilotLead: 'directCare',
  evaluator: 'evaluation',
  auditor: 'audit',
  administrator: 'administration',
  system: 'administration',
  linkHolder: 'directCare',
};

/** Who asks, why and from where. The page is the route, never the address: that may hold what somebody typed. */
export const accessBy = ({ principal: { actor }, routeOptions, id }: SignedInRequest): AccessBy => ({
  actor,
  purpose: purposeOf[actor.role],
  page: routeOptions.url ?? '/api',
  correlationId: id,
  source: 'api',
});

/**
 * Refusals are written down before they are told (DESIGN 7).
 * @throws Problem role-not-allowed; not-found where it is somebody else's
 */
export async function require(
  engine: Engine,
  request: SignedInRequest,
  question: Question,
  pilot?: string,
): Promise<Principal> {
  const verdict = mayAsk(request.principal.actor, question, pilot);
  if (verdict.allowed) return request.principal;
  await engine.accessLog.refused({ ...accessBy(request), code: verdict.code === 'role' ? 'role' : 'not-yours' });
  if (verdict.code === 'role') throw new Problem('role-not-allowed', `${verdict.reason}.`);
  throw new Problem('not-found', 'There is nothing here for your organisation.');
}
