import { Command, Field } from '#commands';
import { type CivilDate, type Instant, journeyStream } from '#kernel';
import {
  agreements,
  askedAbout,
  overridingReasons,
  sharingBases,
  takesEffect,
  urgencies,
  type Urgency,
} from '../../domain/codes.js';
import { offerHandoff, type OfferHandoff as Asked } from '../../domain/handoff/offer.js';
import { pathwayUseCase } from '../use-case.js';

export class OfferHandoff extends Command implements Asked {
  @Field.uuid('The journey')
  journeyId!: string;

  @Field.ref('The team that is asked')
  to!: string;

  @Field.choice(urgencies, 'How soon')
  urgency!: Urgency;

  @Field.choice(takesEffect, 'When it takes effect')
  effect!: (typeof takesEffect)[number];

  @Field.moment('From when, where it takes effect at a time', { optional: true })
  effectAt?: Instant;

  @Field.day('Day that discharge is expected, where it takes effect at discharge', { optional: true })
  expectedOn?: CivilDate;

  @Field.freeText('What is asked of the receiver')
  asked!: string;

  @Field.choice(askedAbout, 'Whether risks were asked about')
  risks!: (typeof askedAbout)[number];

  @Field.freeText('The risks', { optional: true })
  riskDetail?: string;

  @Field.choice(askedAbout, 'Whether safeguarding was asked about')
  safeguarding!: (typeof askedAbout)[number];

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

  @Field.choice(agreements, 'Whether the person agreed')
  agreement!: (typeof agreements)[number];

  @Field.choice(sharingBases, 'Basis for sharing')
  sharing!: (typeof sharingBases)[number];

  @Field.choice(overridingReasons, 'Why it is shared although the person refused or withdrew consent', {
    optional: true,
  })
  despite?: (typeof overridingReasons)[number];
}

export const offerHandoffUseCase = pathwayUseCase<OfferHandoff>({
  name: 'offer-handoff',
  command: OfferHandoff,
  summary: 'Offer a handover; nothing moves until the receiver accepts.',
  roles: ['coordinator', 'system'],
  emits: ['HandoffOffered'],
  stream: ({ journeyId }) => journeyStream(journeyId),
  decide: offerHandoff,
});
