import { Command, Field } from '#commands';
import { journeyStream } from '#kernel';
import { resolveHandoffDispute, type ResolveHandoffDispute as Asked } from '../../domain/handoff/report/decide.js';
import { pathwayUseCase } from '../use-case.js';

export class ResolveHandoffDispute extends Command implements Asked {
  @Field.uuid('The journey')
  journeyId!: string;

  @Field.uuid('The handover')
  handoffId!: string;

  @Field.choice(['sender', 'receiver'], 'Who holds from now')
  holder!: 'sender' | 'receiver';

  @Field.freeText('Who agreed')
  agreedWith!: string;
}

export const resolveHandoffDisputeUseCase = pathwayUseCase<ResolveHandoffDispute>({
  name: 'resolve-handoff-dispute',
  command: ResolveHandoffDispute,
  summary: 'Settle with the other party who holds.',
  roles: ['coordinator', 'system'],
  emits: ['HandoffDisputeResolved'],
  stream: ({ journeyId }) => journeyStream(journeyId),
  decide: resolveHandoffDispute,
});
