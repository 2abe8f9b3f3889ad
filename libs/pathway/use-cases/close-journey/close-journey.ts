import { Command, Field } from '#commands';
import { journeyStream } from '#kernel';
import { closeReasons } from '../../domain/codes.js';
import { closeJourney, type CloseJourney as Asked } from '../../domain/journey/decide.js';
import { pathwayUseCase } from '../use-case.js';

export class CloseJourney extends Command implements Asked {
  @Field.uuid('The journey')
  journeyId!: string;

  @Field.choice(closeReasons, 'Why')
  reason!: (typeof closeReasons)[number];

  @Field.freeText('With whom it was agreed')
  agreedWith!: string;
}

export const closeJourneyUseCase = pathwayUseCase<CloseJourney>({
  name: 'close-journey',
  command: CloseJourney,
  summary: 'Close a journey by agreement; open offers stop.',
  roles: ['coordinator', 'system'],
  emits: ['JourneyClosed'],
  stream: ({ journeyId }) => journeyStream(journeyId),
  decide: closeJourney,
});
