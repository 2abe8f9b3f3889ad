import { Command, Field } from '#commands';
import { journeyStream } from '#kernel';
import { seeHandoffProblem } from '../../domain/handoff/sender.js';
import type { OnHandoff } from '../../domain/handoff/policies.js';
import { pathwayUseCase } from '../use-case.js';

export class SeeHandoffProblem extends Command implements OnHandoff {
  @Field.uuid('The journey')
  journeyId!: string;

  @Field.uuid('The handover')
  handoffId!: string;
}

export const seeHandoffProblemUseCase = pathwayUseCase<SeeHandoffProblem>({
  name: 'see-handoff-problem',
  command: SeeHandoffProblem,
  summary: 'Say that the sender has seen a decline or an overdue offer; nothing is settled by it.',
  roles: ['coordinator', 'system'],
  emits: ['HandoffProblemSeen'],
  stream: ({ journeyId }) => journeyStream(journeyId),
  decide: seeHandoffProblem,
});
