import { Command, Field } from '#commands';
import { journeyStream } from '#kernel';
import { acknowledgeHandoff } from '../../domain/handoff/answer.js';
import type { OnHandoff } from '../../domain/handoff/policies.js';
import { pathwayUseCase } from '../use-case.js';

export class AcknowledgeHandoff extends Command implements OnHandoff {
  @Field.uuid('The journey')
  journeyId!: string;

  @Field.uuid('The handover')
  handoffId!: string;
}

export const acknowledgeHandoffUseCase = pathwayUseCase<AcknowledgeHandoff>({
  name: 'acknowledge-handoff',
  command: AcknowledgeHandoff,
  summary: 'Say that an offer was seen; the sender stays responsible.',
  roles: ['coordinator', 'system'],
  emits: ['HandoffAcknowledged'],
  stream: ({ journeyId }) => journeyStream(journeyId),
  decide: acknowledgeHandoff,
});
