import { Command, Field } from '#commands';
import { journeyStream } from '#kernel';
import { chaserCauses, type ChaserCause } from '../../domain/codes.js';
import { chaseHandoff, type ChaseHandoff as Asked } from '../../domain/handoff/react.js';
import { pathwayUseCase } from '../use-case.js';

export class ChaseHandoff extends Command implements Asked {
  @Field.uuid('The journey')
  journeyId!: string;

  @Field.uuid('The handover')
  handoffId!: string;

  @Field.choice(chaserCauses, 'What the receiver has not done')
  cause!: ChaserCause;
}

export const chaseHandoffUseCase = pathwayUseCase<ChaseHandoff>({
  name: 'chase-handoff',
  command: ChaseHandoff,
  summary: 'Remind the receiver of an offer, once for each cause.',
  roles: ['system'],
  emits: ['HandoffChased'],
  stream: ({ journeyId }) => journeyStream(journeyId),
  decide: chaseHandoff,
});
