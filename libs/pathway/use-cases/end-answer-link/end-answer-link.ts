import { Command, Field } from '#commands';
import { journeyStream } from '#kernel';
import { endAnswerLink } from '../../domain/answer-link/decide.js';
import type { OnHandoff } from '../../domain/handoff/policies.js';
import { pathwayUseCase } from '../use-case.js';

export class EndAnswerLink extends Command implements OnHandoff {
  @Field.uuid('The journey')
  journeyId!: string;

  @Field.uuid('The handover')
  handoffId!: string;
}

export const endAnswerLinkUseCase = pathwayUseCase<EndAnswerLink>({
  name: 'end-answer-link',
  command: EndAnswerLink,
  summary: 'End the link to answer an offer with, without making another: it went to the wrong place, or is not needed.',
  roles: ['coordinator'],
  emits: ['AnswerLinkEnded'],
  stream: ({ journeyId }) => journeyStream(journeyId),
  decide: endAnswerLink,
});
