import { Command, Field } from '#commands';
import { personStream } from '#kernel';
import { declareReady, type DeclareReady as Asked } from '../../domain/stay/decide.js';
import { pathwayUseCase } from '../use-case.js';

export class DeclareReady extends Command implements Asked {
  @Field.uuid('The person')
  personId!: string;

  @Field.uuid('The hospital stay')
  stayId!: string;

  @Field.confirmed('A clinician decided that the person is ready')
  clinicalDecision!: true;

  @Field.confirmed('The multidisciplinary team decided so')
  teamDecision!: true;

  @Field.confirmed('It is safe')
  safeToTransfer!: true;
}

export const declareReadyUseCase = pathwayUseCase<DeclareReady>({
  name: 'declare-ready',
  command: DeclareReady,
  summary: 'Declare the person ready to leave hospital: all three have to be so.',
  roles: ['coordinator', 'system'],
  emits: ['ReadyForTransferDeclared'],
  stream: ({ personId }) => personStream(personId),
  decide: declareReady,
});
