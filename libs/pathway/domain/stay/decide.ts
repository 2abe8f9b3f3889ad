import { refuse, type Decision, type Refusal } from '#kernel';
import type { admissionMethods, dischargeDestinations } from '../codes.js';
import type { Context } from '../context.js';
import { given, happened } from '../event.js';
import type { Team } from '../fields.js';
import {
  happenedByNow,
  isTeam,
  knownTeam,
  openTeam,
  personIsAlive,
  unless,
  type Case,
  type Policy,
  notBefore,
} from '../policies.js';
import type { PersonRecord, Stay } from '../record/state.js';
import { isInside } from '../responsibility/hospital.js';
import { moment, when } from '../words.js';
import { isReady, latestEntry, stayOf } from './evolve.js';

interface Place {
  readonly hospital: string;
  readonly ward?: string;
}

export interface RecordAdmission extends Place {
  readonly method: (typeof admissionMethods)[number];
}

const wardOf = ({ ward }: Place, context: Context): { readonly ward?: Team } | Refusal => {
  if (ward === undefined) return {};
  const team = knownTeam(ward, context);
  return team
    ? { ward: team }
    : refuse('team-unknown', `The directory knows no ward ${ward}: choose one from it.`, { team: ward });
};

export const recordAdmission = (command: RecordAdmission, record: PersonRecord, context: Context): Decision =>
  unless({ record, context }, [happenedByNow, personIsAlive], () => {
    const stay = record.stays.find((known) => isInside(known, context.occurredAt));
    if (stay) {
      return stay.admitted.at === context.occurredAt && stay.hospital === command.hospital
        ? []
        : refuse(
            'already-in-hospital',
            `In hospital since ${moment(stay.admitted.at, context.now)}: record a transfer, or the discharge first.`,
          );
    }
    const ward = wardOf(command, context);
    if ('refused' in ward) return ward;
    const { method, hospital } = command;
    return [happened('Admitted', { stayId: context.newId('stay'), method, hospital, ...ward })];
  });

export interface OnStay {
  readonly stayId: string;
}

interface StayCase extends Case {
  readonly stay: Stay;
}

const onStay = (
  { stayId }: OnStay,
  record: PersonRecord,
  context: Context,
  decide: (about: StayCase) => Decision,
): Decision => {
  const stay = stayOf(record, stayId);
  return stay
    ? unless({ record, context, stay }, [happenedByNow, personIsAlive], decide)
    : refuse('stay-not-found', 'There is no such hospital stay: record the admission first.');
};

const notBeforeAdmission: Policy<StayCase> = ({ stay, context }) =>
  notBefore(stay.admitted.at, 'The person was admitted', context);

/** Nothing of the stay comes after its end. */
const notBeforeItsEntries: Policy<StayCase> = ({ stay, context }) =>
  notBefore(latestEntry(stay), 'The last entry of the stay is', context);

const stillInHospital: Policy<StayCase> = ({ stay: { discharged }, context: { occurredAt, now } }) =>
  discharged && discharged.at <= occurredAt
    ? refuse('stay-ended', `Left hospital ${when(discharged.at, now)}: correct that entry if it is wrong.`)
    : undefined;

const during = [notBeforeAdmission, stillInHospital] as const;

export interface RecordTransfer extends OnStay, Place {}

export const recordTransfer = (command: RecordTransfer, record: PersonRecord, context: Context): Decision =>
  onStay(command, record, context, (about) =>
    unless(about, during, ({ stay }) => {
      const ward = wardOf(command, context);
      if ('refused' in ward) return ward;
      const place = stay.moves.at(-1) ?? stay;
      const isThere = place.hospital === command.hospital && place.ward?.team === ward.ward?.team;
      return isThere ? [] : [happened('Transferred', { stayId: stay.stayId, hospital: command.hospital, ...ward })];
    }),
  );

export interface DeclareReady extends OnStay {
  readonly clinicalDecision: true;
  readonly teamDecision: true;
  readonly safeToTransfer: true;
}

/** All three have to be so (FACTS 3.2). */
export const declareReady = (command: DeclareReady, record: PersonRecord, context: Context): Decision =>
  onStay(command, record, context, (about) =>
    unless(about, during, ({ stay }) => {
      const { stayId, clinicalDecision, teamDecision, safeToTransfer } = command;
      if (isReady(stay)) return [];
      return (
        notBefore(stay.ready.at(-1)?.withdrawn?.at, 'The person was no longer ready to leave', context) ?? [
          happened('ReadyForTransferDeclared', { stayId, clinicalDecision, teamDecision, safeToTransfer }),
        ]
      );
    }),
  );

export interface WithdrawReadiness extends OnStay {
  readonly detail?: string;
}

export const withdrawReadiness = (command: WithdrawReadiness, record: PersonRecord, context: Context): Decision =>
  onStay(command, record, context, (about) =>
    unless(about, during, ({ stay }) => {
      const spell = stay.ready.at(-1);
      if (!spell) return refuse('not-ready', 'Nobody has said that the person is ready to leave hospital.');
      if (spell.withdrawn) return [];
      return (
        notBefore(spell.declared.at, 'The person was ready to leave', context) ?? [
          happened('ReadinessWithdrawn', { stayId: stay.stayId, ...given({ detail: command.detail }) }),
        ]
      );
    }),
  );

export interface RecordDischarge extends OnStay {
  readonly destination: (typeof dischargeDestinations)[number];
  readonly expectedReceiver?: string;
  readonly journeyId?: string;
}

/**
 * The discharge is recorded whoever was to receive the person: a ward that sends somebody to a team that has closed is
 * something that everybody has to see (scenario 6).
 */
export const recordDischarge = (command: RecordDischarge, record: PersonRecord, context: Context): Decision =>
  onStay(command, record, context, (about) =>
    unless(about, [notBeforeAdmission, notBeforeItsEntries], ({ stay }) => {
      const { destination } = command;
      if (stay.discharged)
        return sameDischarge(stay, command) ? [] : (stillInHospital(about) ?? endsTwice(stay, context));
      const receiver = receiverOf(command.expectedReceiver, context);
      if ('refused' in receiver) return receiver;
      const discharged = happened('Discharged', {
        stayId: stay.stayId,
        destination,
        ...receiver,
        ...given({ journey: command.journeyId }),
      });
      return destination === 'died' ? [discharged, happened('PersonDied', { place: 'hospital' })] : [discharged];
    }),
  );

const sameDischarge = ({ discharged }: Stay, command: RecordDischarge): boolean =>
  discharged?.destination === command.destination && discharged.expectedReceiver?.team === command.expectedReceiver;

const endsTwice = ({ discharged }: Stay, { now }: Context) =>
  refuse('stay-ended', `Left hospital ${when(discharged!.at, now)}: correct that entry if it is wrong.`);

type Receiver = Pick<NonNullable<Stay['discharged']>, 'expectedReceiver' | 'receiverProblem' | 'successor'>;

function receiverOf(id: string | undefined, context: Context): Receiver | Refusal {
  if (id === undefined) return {};
  const open = openTeam(id, context.occurredAt, context);
  if (isTeam(open)) return { expectedReceiver: open };
  const expectedReceiver = knownTeam(id, context);
  if (!expectedReceiver) return open;
  const successor = open.about?.['successor'];
  return {
    expectedReceiver,
    receiverProblem: open.code === 'team-closed' ? 'teamClosed' : 'teamNotOpenYet',
    ...(typeof successor === 'string' && { successor }),
  };
}
