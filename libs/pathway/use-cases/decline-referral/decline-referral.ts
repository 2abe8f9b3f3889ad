import { Command, Field } from '#commands';
import { journeyStream } from '#kernel';
import { referralDeclineReasons } from '../../domain/codes.js';
import { declineReferral, type DeclineReferral as Asked } from '../../domain/referral/decide.js';
import { pathwayUseCase } from '../use-case.js';

export class DeclineReferral extends Command implements Asked {
  @Field.uuid('The journey')
  journeyId!: string;

  @Field.choice(referralDeclineReasons, 'Why')
  reason!: (typeof referralDeclineReasons)[number];

  @Field.freeText('More about why', { optional: true })
  detail?: string;
}

export const declineReferralUseCase = pathwayUseCase<DeclineReferral>({
  name: 'decline-referral',
  command: DeclineReferral,
  summary: 'Decline a referral, with a reason.',
  roles: ['coordinator', 'system'],
  emits: ['ReferralDeclined'],
  stream: ({ journeyId }) => journeyStream(journeyId),
  decide: declineReferral,
});
