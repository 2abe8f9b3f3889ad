import { Command, Field } from '#commands';
import { type CivilDate, type Instant, journeyStream } from '#kernel';
import { handoffDeclineReasons, takesEffect } from '../../domain/codes.js';
import { reportHandoffAnswer, type ReportHandoffAnswer as Asked } from '../../domain/handoff/report/decide.js';
import { pathwayUseCase } from '../use-case.js';

export class ReportHandoffAnswer extends Command implements Asked {
  @Field.uuid('The journey')
  journeyId!: string;

  @Field.uuid('The handover')
  handoffId!: string;

  @Field.choice(['accepted', 'declined'], 'What was said')
  answer!: 'accepted' | 'declined';

  @Field.choice(takesEffect, 'When it takes effect: as asked, where absent', { optional: true })
  effect?: (typeof takesEffect)[number];

  @Field.moment('From when, where it takes effect at a time', { optional: true })
  effectAt?: Instant;

  @Field.day('Day that discharge is expected, where it takes effect at discharge', { optional: true })
  expectedOn?: CivilDate;

  @Field.choice(handoffDeclineReasons, 'Why, where declined', { optional: true })
  reason?: (typeof handoffDeclineReasons)[number];

  @Field.freeText('Who answered')
  spokenTo!: string;
}

export const reportHandoffAnswerUseCase = pathwayUseCase<ReportHandoffAnswer>({
  name: 'report-handoff-answer',
  command: ReportHandoffAnswer,
  summary: 'Write down an answer given by telephone: reported, not confirmed.',
  roles: ['coordinator', 'system'],
  emits: ['HandoffAnswerReported', 'HandoffWithdrawn'],
  stream: ({ journeyId }) => journeyStream(journeyId),
  decide: reportHandoffAnswer,
});
