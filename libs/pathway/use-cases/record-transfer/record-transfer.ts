import { Command, Field } from '#commands';
import { personStream } from '#kernel';
import { recordTransfer, type RecordTransfer as Asked } from '../../domain/stay/decide.js';
import { pathwayUseCase } from '../use-case.js';

export class RecordTransfer extends Command implements Asked {
  @Field.uuid('The person')
  personId!: string;

  @Field.uuid('The hospital stay')
  stayId!: string;

  @Field.ref('Hospital')
  hospital!: string;

  @Field.ref('The ward, where the directory knows it', { optional: true })
  ward?: string;
}

export const recordTransferUseCase = pathwayUseCase<RecordTransfer>({
  name: 'record-transfer',
  command: RecordTransfer,
  summary: 'Record a move to another ward or hospital within the stay.',
  roles: ['coordinator', 'system'],
  emits: ['Transferred'],
  stream: ({ personId }) => personStream(personId),
  decide: recordTransfer,
});
