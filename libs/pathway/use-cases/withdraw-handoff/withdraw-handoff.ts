import { Command, Field } from '#commands';
import { journeyStream } from '#kernel';
import { withdrawalReasons } from '../../domain/codes.js';
import { withdrawHandoff, type WithdrawHandoff as Asked } from '../../domain/handoff/sender.js';
import { pathwayUseCase } from '../use-case.js';

export class WithdrawHandoff extends Command implements Asked {
  @Field.uuid('The journey')
  journeyId!: string;

  @Field.uuid('The handover')
  handoffId!: string;

  @Field.choice(withdrawalReasons, 'Why')
  reason!: (typeof withdrawalReasons)[number];
}

export const withdrawHandoffUseCase = pathwayUseCase<WithdrawHandoff>({
  name: 'withdraw-handoff',
  command: WithdrawHandoff,
  summary: 'Take an offer back, or an acceptance that has not taken effect.',
  roles: ['coordinator', 'system'],
  emits: ['HandoffWithdrawn'],
  stream: ({ journeyId }) => journeyStream(journeyId),
  decide: withdrawHandoff,
});
