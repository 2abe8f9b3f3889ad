import { Command, Field } from '#commands';
import { journeyStream } from '#kernel';
import { acceptReferral, type AcceptReferral as Asked } from '../../domain/referral/decide.js';
import { pathwayUseCase } from '../use-case.js';

export class AcceptReferral extends Command implements Asked {
  @Field.uuid('The journey')
  journeyId!: string;

  @Field.ref('Pseudonymous staff id of the key worker', { optional: true })
  keyWorker?: string;
}

export const acceptReferralUseCase = pathwayUseCase<AcceptReferral>({
  name: 'accept-referral',
  command: AcceptReferral,
  summary: 'Take a referral that waits: the team holds from now.',
  roles: ['coordinator', 'system'],
  emits: ['ReferralAccepted'],
  stream: ({ journeyId }) => journeyStream(journeyId),
  decide: acceptReferral,
});
