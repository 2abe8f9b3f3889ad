import { Command, Field } from '#commands';
import { personStream } from '#kernel';
import { withdrawReadiness, type WithdrawReadiness as Asked } from '../../domain/stay/decide.js';
import { pathwayUseCase } from '../use-case.js';

export class WithdrawReadiness extends Command implements Asked {
  @Field.uuid('The person')
  personId!: string;

  @Field.uuid('The hospital stay')
  stayId!: string;

  @Field.freeText('Why', { optional: true })
  detail?: string;
}

export const withdrawReadinessUseCase = pathwayUseCase<WithdrawReadiness>({
  name: 'withdraw-readiness',
  command: WithdrawReadiness,
  summary: 'Say that the person is no longer ready to leave hospital.',
  roles: ['coordinator', 'system'],
  emits: ['ReadinessWithdrawn'],
  stream: ({ personId }) => personStream(personId),
  decide: withdrawReadiness,
});
