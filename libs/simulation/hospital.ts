import { deriveId, eventIdOf, hours, minutes, plus } from '#kernel';
import type { Team } from '#pilots';
import { firstContact, handOver } from './handover.js';
import type { Script } from './script.js';

const DAY = hours(24);

export interface HospitalStay {
  readonly personId: string;
  readonly journeyId: string;
  readonly ward: Team;
  /** Who held before, and holds again where nobody else takes over. */
  readonly before: Team;
  readonly receivers: readonly Team[];
}

/**
 * In by emergency or by plan; ready after some days, not ready again at times; home to whoever accepted, or back to
 * whoever held before.
 *
 * @returns who holds afterwards; undefined where the person died in hospital
 */
export function hospitalStay(script: Script, stay: HospitalStay): Team | undefined {
  const { personId, journeyId, ward, before } = stay;
  const { chance } = script;
  const admission = script.tell({
    by: ward,
    command: 'record-admission',
    body: { personId, method: chance.one(['21', '21', '22', '28', '11', '12'] as const), hospital: ward.organisation, ward: ward.id },
    late: 0.05,
  });
  const onStay = { personId, stayId: deriveId('stay', admission) };
  if (chance.share(0.02)) {
    // The time of admission is often wrong at first: when the ward wrote it down, not when the ambulance arrived.
    const arrived = plus(script.now, -minutes(chance.whole(10, 90)));
    script.wait(DAY);
    script.tell({
      by: ward,
      command: 'correct-entry',
      body: { personId, entry: eventIdOf(admission, 0), reason: 'recordedWrongly', happenedAt: arrived },
    });
  }
  script.wait(5 * DAY);
  if (chance.share(0.06)) {
    script.tell({ by: ward, command: 'record-death', body: { personId, place: 'hospital' }, late: 0.1 });
    return undefined;
  }
  declareReady(script, ward, onStay);
  if (chance.share(0.1)) {
    script.wait(DAY);
    script.tell({ by: ward, command: 'withdraw-readiness', body: onStay });
    script.wait(3 * DAY);
    declareReady(script, ward, onStay);
  }
  const taken = chance.share(0.6)
    ? handOver(script, { journeyId, from: ward, askable: stay.receivers, effect: 'atDischarge', answers: hours(5) })
    : undefined;
  script.wait(DAY);
  script.untilOfficeHours();
  script.tell({
    by: ward,
    command: 'record-discharge',
    body: {
      ...onStay,
      destination: chance.share(0.85) ? 'usualResidence' : 'careHome',
      ...(taken && { expectedReceiver: taken.to.id, journeyId }),
    },
    late: 0.03,
  });
  if (!taken) return before;
  firstContact(script, journeyId, taken);
  return taken.to;
}

function declareReady(script: Script, by: Team, onStay: { readonly personId: string; readonly stayId: string }): void {
  script.untilOfficeHours();
  script.tell({ by, command: 'declare-ready', body: { ...onStay, clinicalDecision: true, teamDecision: true, safeToTransfer: true } });
}
