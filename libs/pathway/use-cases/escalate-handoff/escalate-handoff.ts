import { Command, Field } from '#commands';
import { journeyStream } from '#kernel';
import { escalationCauses } from '../../domain/codes.js';
import { escalateHandoff, type EscalateHandoff as Asked } from '../../domain/handoff/react.js';
import { pathwayUseCase } from '../use-case.js';

export class EscalateHandoff extends Command implements Asked {
  @Field.uuid('The journey')
  journeyId!: string;

  @Field.uuid('The handover')
  handoffId!: string;

  @Field.choice(escalationCauses, 'What nobody did in time')
  cause!: (typeof escalationCauses)[number];
}

export const escalateHandoffUseCase = pathwayUseCase<EscalateHandoff>({
  name: 'escalate-handoff',
  command: EscalateHandoff,
  summary: 'Tell the duty manager of the sender, once for each cause.',
  roles: ['system'],
  emits: ['HandoffEscalated'],
  stream: ({ journeyId }) => journeyStream(journeyId),
  decide: escalateHandoff,
});
