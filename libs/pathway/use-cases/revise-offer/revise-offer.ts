import { Command, Field } from '#commands';
import { journeyStream } from '#kernel';
import { agreements, askedAbout, revisionReasons } from '../../domain/codes.js';
import { optionalContents } from '../../domain/fields.js';
import { reviseOffer, type ReviseOffer as Asked } from '../../domain/handoff/revise.js';
import { pathwayUseCase } from '../use-case.js';

/** What is left out stays as it is. */
export class ReviseOffer extends Command implements Asked {
  @Field.uuid('The journey')
  journeyId!: string;

  @Field.uuid('The handover')
  handoffId!: string;

  @Field.choice(revisionReasons, 'Why it says something else now')
  reason!: (typeof revisionReasons)[number];

  @Field.freeText('What is asked of the receiver', { optional: true })
  asked?: string;

  @Field.choice(askedAbout, 'Whether risks were asked about', { optional: true })
  risks?: (typeof askedAbout)[number];

  @Field.freeText('The risks', { optional: true })
  riskDetail?: string;

  @Field.choice(askedAbout, 'Whether safeguarding was asked about', { optional: true })
  safeguarding?: (typeof askedAbout)[number];

  @Field.freeText('The safeguarding concern', { optional: true })
  safeguardingDetail?: string;

  @Field.freeText('Communication needs', { optional: true })
  communication?: string;

  @Field.freeText('Carer and how to reach them', { optional: true })
  carer?: string;

  @Field.freeText('Whom to ring here', { optional: true })
  telephone?: string;

  @Field.freeText('What the person was told', { optional: true })
  toldPerson?: string;

  @Field.choice(agreements, 'Whether the person agreed', { optional: true })
  agreement?: (typeof agreements)[number];

  @Field.choices(optionalContents, 'What it said and does not say any more', { optional: true })
  takenOut?: (typeof optionalContents)[number][];
}

export const reviseOfferUseCase = pathwayUseCase<ReviseOffer>({
  name: 'revise-offer',
  command: ReviseOffer,
  summary: 'Put right what an offer says; its receiver is told, and what they had read stays to be seen.',
  roles: ['coordinator', 'system'],
  emits: ['HandoffOfferRevised'],
  stream: ({ journeyId }) => journeyStream(journeyId),
  decide: reviseOffer,
});
