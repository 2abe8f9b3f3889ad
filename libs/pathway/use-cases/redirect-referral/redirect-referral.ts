import { Command, Field } from '#commands';
import { journeyStream } from '#kernel';
import { redirectReferral, type RedirectReferral as Asked } from '../../domain/referral/decide.js';
import { pathwayUseCase } from '../use-case.js';

export class RedirectReferral extends Command implements Asked {
  @Field.uuid('The journey')
  journeyId!: string;

  @Field.ref('The service that is asked now')
  to!: string;

  @Field.freeText('More about why', { optional: true })
  detail?: string;
}

export const redirectReferralUseCase = pathwayUseCase<RedirectReferral>({
  name: 'redirect-referral',
  command: RedirectReferral,
  summary: 'Pass a referral on to another service.',
  roles: ['coordinator', 'system'],
  emits: ['ReferralRedirected'],
  stream: ({ journeyId }) => journeyStream(journeyId),
  decide: redirectReferral,
});
