import { Command, Field } from '#commands';
import { journeyStream } from '#kernel';
import { answerByLink, type AnswerByLink as Asked } from '../../domain/answer-link/decide.js';
import { handoffDeclineReasons } from '../../domain/codes.js';
import { pathwayUseCase } from '../use-case.js';

export class AnswerByLink extends Command implements Asked {
  @Field.uuid('The journey')
  journeyId!: string;

  @Field.uuid('The handover')
  handoffId!: string;

  @Field.uuid('The link')
  link!: string;

  @Field.choice(['accepted', 'declined'], 'What is answered')
  answer!: 'accepted' | 'declined';

  @Field.choice(handoffDeclineReasons, 'Why, where declined', { optional: true })
  reason?: (typeof handoffDeclineReasons)[number];

  @Field.freeText('More about why', { optional: true })
  detail?: string;

  @Field.freeText('Who answers: name and role', { max: 200 })
  saidBy!: string;

  @Field.freeText('How to reach them', { optional: true, max: 200 })
  reachedOn?: string;

  @Field.integer({ min: 0, max: 10_000 }, 'Which revision of the offer was read: 0 where it was never put right', {
    optional: true,
  })
  revisionRead?: number;
}

export const answerByLinkUseCase = pathwayUseCase<AnswerByLink>({
  name: 'answer-by-link',
  command: AnswerByLink,
  summary: 'Answer an offer by a one-use link: not confirmed until the receiver says so.',
  roles: ['linkHolder'],
  emits: ['HandoffAnsweredByLink', 'HandoffWithdrawn'],
  stream: ({ journeyId }) => journeyStream(journeyId),
  decide: answerByLink,
});
