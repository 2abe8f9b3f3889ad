import { Command, Field } from '#commands';
import { journeyStream } from '#kernel';
import { lapseHandoff } from '../../domain/handoff/react.js';
import type { OnHandoff } from '../../domain/handoff/policies.js';
import { pathwayUseCase } from '../use-case.js';

export class LapseHandoff extends Command implements OnHandoff {
  @Field.uuid('The journey')
  journeyId!: string;

  @Field.uuid('The handover')
  handoffId!: string;
}

export const lapseHandoffUseCase = pathwayUseCase<LapseHandoff>({
  name: 'lapse-handoff',
  command: LapseHandoff,
  summary: 'End an offer that nobody answered in time.',
  roles: ['system'],
  emits: ['HandoffLapsed'],
  stream: ({ journeyId }) => journeyStream(journeyId),
  decide: lapseHandoff,
});
