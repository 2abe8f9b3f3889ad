import { Command, Field } from '#commands';
import { journeyStream } from '#kernel';
import { actOnDecline } from '../../domain/handoff/sender.js';
import type { OnHandoff } from '../../domain/handoff/policies.js';
import { pathwayUseCase } from '../use-case.js';

export class ActOnDecline extends Command implements OnHandoff {
  @Field.uuid('The journey')
  journeyId!: string;

  @Field.uuid('The handover')
  handoffId!: string;
}

export const actOnDeclineUseCase = pathwayUseCase<ActOnDecline>({
  name: 'act-on-decline',
  command: ActOnDecline,
  summary: 'Say that a decline or a lapse was acted on; it leaves the top of the list.',
  roles: ['coordinator', 'system'],
  emits: ['HandoffDeclineSeen'],
  stream: ({ journeyId }) => journeyStream(journeyId),
  decide: actOnDecline,
});
