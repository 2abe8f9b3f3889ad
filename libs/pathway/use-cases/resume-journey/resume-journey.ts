import { Command, Field } from '#commands';
import { journeyStream } from '#kernel';
import { resumeJourney, type ResumeJourney as Asked } from '../../domain/journey/decide.js';
import { pathwayUseCase } from '../use-case.js';

export class ResumeJourney extends Command implements Asked {
  @Field.uuid('The journey')
  journeyId!: string;
}

export const resumeJourneyUseCase = pathwayUseCase<ResumeJourney>({
  name: 'resume-journey',
  command: ResumeJourney,
  summary: 'Resume a paused journey.',
  roles: ['coordinator', 'system'],
  emits: ['JourneyResumed'],
  stream: ({ journeyId }) => journeyStream(journeyId),
  decide: resumeJourney,
});
