import { Command, Field } from '#commands';
import { journeyStream } from '#kernel';
import { handoffDeclineReasons } from '../../domain/codes.js';
import { declineHandoff, type DeclineHandoff as Asked } from '../../domain/handoff/answer.js';
import { pathwayUseCase } from '../use-case.js';

export class DeclineHandoff extends Command implements Asked {
  @Field.uuid('The journey')
  journeyId!: string;

  @Field.uuid('The handover')
  handoffId!: string;

  @Field.choice(handoffDeclineReasons, 'Why')
  reason!: (typeof handoffDeclineReasons)[number];

  @Field.freeText('More about why', { optional: true })
  detail?: string;
}

export const declineHandoffUseCase = pathwayUseCase<DeclineHandoff>({
  name: 'decline-handoff',
  command: DeclineHandoff,
  summary: 'Decline a handover, with a reason; the sender stays responsible.',
  roles: ['coordinator', 'system'],
  emits: ['HandoffDeclined', 'HandoffReportConfirmed'],
  stream: ({ journeyId }) => journeyStream(journeyId),
  decide: declineHandoff,
});
