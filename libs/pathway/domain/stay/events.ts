import { defineEvent, OneOf, Ref, Sealed, Type, Uuid } from '#kernel';
import { admissionMethods, dischargeDestinations } from '../codes.js';
import { stayId, TeamThen } from '../fields.js';

const anId = '5b1f0f3e-58a5-5d0c-8c6e-1f1de5d0a004';
const ward = {
  team: 'torbay-hospital-care-of-the-elderly-ward',
  organisation: 'torbay-hospital',
  sector: 'secondary',
} as const;

export const Admitted = defineEvent({
  type: 'Admitted',
  version: 1,
  summary: 'The person was admitted to a hospital bed; the hospital holds responsibility while they stay.',
  sensitivity: 'coded',
  emittedBy: ['record-admission', 'record-encounter'],
  schema: Type.Object(
    {
      stayId,
      method: OneOf(admissionMethods, 'Admission method, NHS Data Dictionary code'),
      hospital: Ref('Hospital provider'),
      ward: Type.Optional(TeamThen('The ward, where it is in the directory')),
    },
    { additionalProperties: false },
  ),
  example: { stayId: anId, method: '21', hospital: 'torbay-hospital', ward },
});

export const Transferred = defineEvent({
  type: 'Transferred',
  version: 1,
  summary: 'The person moved to another ward or hospital; it is the same stay across providers.',
  sensitivity: 'coded',
  emittedBy: ['record-transfer'],
  schema: Type.Object(
    { stayId, hospital: Ref('Hospital provider'), ward: Type.Optional(TeamThen('The ward')) },
    { additionalProperties: false },
  ),
  example: { stayId: anId, hospital: 'torbay-hospital', ward },
});

export const ReadyForTransferDeclared = defineEvent({
  type: 'ReadyForTransferDeclared',
  version: 1,
  summary: 'Ready to leave hospital: the clinician, the multidisciplinary team and safety all say so (FACTS 3.2).',
  sensitivity: 'coded',
  emittedBy: ['declare-ready'],
  schema: Type.Object(
    {
      stayId,
      clinicalDecision: Type.Literal(true, { description: 'A clinician decided that the person is ready' }),
      teamDecision: Type.Literal(true, { description: 'The multidisciplinary team decided so' }),
      safeToTransfer: Type.Literal(true, { description: 'It is safe' }),
    },
    { additionalProperties: false },
  ),
  example: { stayId: anId, clinicalDecision: true, teamDecision: true, safeToTransfer: true },
});

export const ReadinessWithdrawn = defineEvent({
  type: 'ReadinessWithdrawn',
  version: 1,
  summary: 'No longer ready to leave hospital: the person deteriorated or it is not safe.',
  sensitivity: 'sealed',
  emittedBy: ['withdraw-readiness'],
  schema: Type.Object({ stayId, detail: Type.Optional(Sealed('Why')) }, { additionalProperties: false }),
  example: { stayId: anId },
});

export const Discharged = defineEvent({
  type: 'Discharged',
  version: 1,
  summary: 'The person left hospital.',
  sensitivity: 'coded',
  emittedBy: ['record-discharge', 'record-death', 'record-encounter', 'move-entries-in'],
  schema: Type.Object(
    {
      stayId,
      destination: OneOf(dischargeDestinations, 'Where to'),
      expectedReceiver: Type.Optional(TeamThen('The team that the ward meant to receive the person')),
      receiverProblem: Type.Optional(
        OneOf(
          ['teamClosed', 'teamNotOpenYet'] as const,
          'Why that team cannot hold (scenario 6); whether it accepted is told by its handoff',
        ),
      ),
      successor: Type.Optional(Ref('Team that took over the work of a closed receiver')),
      journey: Type.Optional(
        Uuid('The journey that the receiver was meant for; every journey of the person where absent'),
      ),
    },
    { additionalProperties: false },
  ),
  example: { stayId: anId, destination: 'usualResidence' },
});

export const stayEvents = [Admitted, Transferred, ReadyForTransferDeclared, ReadinessWithdrawn, Discharged] as const;
