import { Command, Field } from '#commands';
import { journeyStream } from '#kernel';
import { moveJourneyToDefinition, type MoveJourneyToDefinition as Asked } from '../../domain/journey/decide.js';
import { pathwayUseCase } from '../use-case.js';

export class MoveJourneyToDefinition extends Command implements Asked {
  @Field.uuid('The journey')
  journeyId!: string;

  @Field.integer({ min: 1, max: 10_000 }, 'Version of the pathway from now on')
  version!: number;
}

export const moveJourneyToDefinitionUseCase = pathwayUseCase<MoveJourneyToDefinition>({
  name: 'move-journey-to-definition',
  command: MoveJourneyToDefinition,
  summary: 'Run a journey on under another version of its pathway.',
  roles: ['pilotLead', 'administrator', 'system'],
  emits: ['JourneyMovedToDefinition'],
  stream: ({ journeyId }) => journeyStream(journeyId),
  decide: moveJourneyToDefinition,
});
