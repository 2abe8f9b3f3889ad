import { Command, Field } from '#commands';
import { deriveId, journeyStream } from '#kernel';
import { referrers, urgencies, type Urgency } from '../../domain/codes.js';
import { takeReferral, type TakeReferral as Asked } from '../../domain/referral/decide.js';
import { pathwayUseCase } from '../use-case.js';

export class TakeReferral extends Command implements Asked {
  @Field.uuid('The person')
  personId!: string;

  @Field.ref('Pathway')
  pathway!: string;

  @Field.integer({ min: 1, max: 10_000 }, 'Version of the pathway; the one in force where absent', { optional: true })
  definitionVersion?: number;

  @Field.choice(referrers, 'Who asks')
  referrer!: (typeof referrers)[number];

  @Field.ref('The referring team, where the directory knows it', { optional: true })
  referredBy?: string;

  @Field.ref('The service that is asked')
  to!: string;

  @Field.choice(urgencies, 'How soon')
  urgency!: Urgency;

  @Field.freeText('Why, in the words of whoever asks')
  reason!: string;

  @Field.flag('Take it for that service at once', { optional: true })
  accept?: boolean;

  @Field.ref('Pseudonymous staff id of the key worker', { optional: true })
  keyWorker?: string;

  @Field.payload('Of the criteria of the pathway, by code: met, notMet or notKnown', { optional: true })
  eligibility?: Record<string, unknown>;
}

export const takeReferralUseCase = pathwayUseCase<TakeReferral>({
  name: 'take-referral',
  command: TakeReferral,
  summary: 'Take a referral onto a pathway; the journey begins.',
  roles: ['coordinator', 'system'],
  emits: ['ReferralMade', 'ReferralAccepted'],
  stream: (_, commandId) => journeyStream(deriveId('journey', commandId)),
  decide: takeReferral,
});
