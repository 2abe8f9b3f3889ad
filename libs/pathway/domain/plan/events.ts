import { Day, defineEvent, Moment, Ref, Sealed, Type, Uuid } from '#kernel';
import { TeamThen } from '../fields.js';

const anId = '5b1f0f3e-58a5-5d0c-8c6e-1f1de5d0a003';

export const CarePlanAgreed = defineEvent({
  type: 'CarePlanAgreed',
  version: 1,
  summary: 'A care plan was agreed with the person.',
  sensitivity: 'sealed',
  emittedBy: ['agree-care-plan', 'record-care-plan'],
  schema: Type.Object(
    {
      plan: Uuid('The plan'),
      team: Type.Optional(TeamThen('The team that leads it')),
      reviewBy: Type.Optional(Day('Day by which it is to be reviewed')),
      endedAt: Type.Optional(Moment('When it ended, where the source says so')),
      kind: Type.Optional(Ref('Kind of plan, a code of the pathway or of the source')),
      goals: Type.Optional(Sealed('What matters to the person and what is to be done')),
    },
    { additionalProperties: false },
  ),
  example: { plan: anId, reviewBy: '2011-06-01' },
});

export const CarePlanReviewed = defineEvent({
  type: 'CarePlanReviewed',
  version: 1,
  summary: 'The care plan was gone through again with the person.',
  sensitivity: 'sealed',
  emittedBy: ['review-care-plan'],
  schema: Type.Object(
    {
      plan: Uuid('The plan'),
      team: Type.Optional(TeamThen('The team that reviewed it')),
      reviewBy: Type.Optional(Day('Day of the next review')),
      changes: Type.Optional(Sealed('What changes')),
    },
    { additionalProperties: false },
  ),
  example: { plan: anId, reviewBy: '2011-09-01' },
});

export const planEvents = [CarePlanAgreed, CarePlanReviewed] as const;
