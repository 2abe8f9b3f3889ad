import { Command, Field } from '#commands';
import { type CivilDate, type Instant, journeyStream } from '#kernel';
import { takesEffect } from '../../domain/codes.js';
import { acceptHandoff, type AcceptHandoff as Asked } from '../../domain/handoff/answer.js';
import { pathwayUseCase } from '../use-case.js';

export class AcceptHandoff extends Command implements Asked {
  @Field.uuid('The journey')
  journeyId!: string;

  @Field.uuid('The handover')
  handoffId!: string;

  @Field.choice(takesEffect, 'When it takes effect: as asked, where absent', { optional: true })
  effect?: (typeof takesEffect)[number];

  @Field.moment('From when, where it takes effect at a time', { optional: true })
  effectAt?: Instant;

  @Field.day('Day that discharge is expected, where it takes effect at discharge', { optional: true })
  expectedOn?: CivilDate;

  @Field.integer({ min: 0, max: 10_000 }, 'Which revision of the offer was read: 0 where it was never put right', {
    optional: true,
  })
  revisionRead?: number;
}

export const acceptHandoffUseCase = pathwayUseCase<AcceptHandoff>({
  name: 'accept-handoff',
  command: AcceptHandoff,
  summary: 'Accept a handover; other offers of the same need close.',
  roles: ['coordinator', 'system'],
  emits: ['HandoffAccepted', 'HandoffWithdrawn', 'HandoffReportConfirmed'],
  stream: ({ journeyId }) => journeyStream(journeyId),
  decide: acceptHandoff,
});
