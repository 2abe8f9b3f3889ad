import { Command, Field } from '#commands';
import { type CivilDate, journeyStream } from '#kernel';
import { pauseReasons } from '../../domain/codes.js';
import { pauseJourney, type PauseJourney as Asked } from '../../domain/journey/decide.js';
import { pathwayUseCase } from '../use-case.js';

export class PauseJourney extends Command implements Asked {
  @Field.uuid('The journey')
  journeyId!: string;

  @Field.choice(pauseReasons, 'Why')
  reason!: (typeof pauseReasons)[number];

  @Field.day('Expected day of resuming', { optional: true })
  until?: CivilDate;
}

export const pauseJourneyUseCase = pathwayUseCase<PauseJourney>({
  name: 'pause-journey',
  command: PauseJourney,
  summary: 'Pause a journey; the responsible team stays responsible.',
  roles: ['coordinator', 'system'],
  emits: ['JourneyPaused'],
  stream: ({ journeyId }) => journeyStream(journeyId),
  decide: pauseJourney,
});
