import { Day, defineEvent, Moment, OneOf, Ref, Sealed, Type, Uuid } from '#kernel';
import { handoffDeclineReasons, identityStrengths, takesEffect } from '../codes.js';
import { handoffId, TeamThen } from '../fields.js';

const closed = { additionalProperties: false } as const;
const link = Uuid('The link; its address and its code follow from it by a key that is in no event');

const torbay = { team: 'torbay-north-zone', organisation: 'torbay-care-trust', sector: 'community' } as const;
const anId = '5b1f0f3e-58a5-5d0c-8c6e-1f1de5d0a001';
const aLink = '5b1f0f3e-58a5-5d0c-8c6e-1f1de5d0a011';

export const AnswerLinkIssued = defineEvent({
  type: 'AnswerLinkIssued',
  version: 1,
  summary: 'The sender made a one-use link to answer an offer with; an earlier link of the offer ends by it.',
  sensitivity: 'coded',
  emittedBy: ['issue-answer-link'],
  schema: Type.Object(
    {
      handoffId,
      link,
      by: TeamThen('The sender'),
      until: Moment('When it ends by itself'),
      wrongCodes: Type.Integer({ minimum: 1, description: 'The wrong code that locks it' }),
      rule: Type.String({ maxLength: 80, description: 'Version of the rule that gave both' }),
    },
    closed,
  ),
  example: {
    handoffId: anId,
    link: aLink,
    by: torbay,
    until: '2011-03-01T13:00:00.000Z',
    wrongCodes: 5,
    rule: 'answer-links@1',
  },
});

export const AnswerLinkCodeRefused = defineEvent({
  type: 'AnswerLinkCodeRefused',
  version: 1,
  summary: 'Whoever has the link gave a wrong code; the last that its rule allows locks it.',
  sensitivity: 'coded',
  emittedBy: ['enter-answer-link-code'],
  schema: Type.Object(
    {
      handoffId,
      link,
      attempt: Type.Integer({ minimum: 1, description: 'Number of the wrong code' }),
      locked: Type.Boolean({ description: 'Whether the link is locked by it' }),
    },
    closed,
  ),
  example: { handoffId: anId, link: aLink, attempt: 1, locked: false },
});

export const AnswerLinkOpened = defineEvent({
  type: 'AnswerLinkOpened',
  version: 1,
  summary: 'Whoever has the link gave the right code and saw the offer; the sender is still responsible.',
  sensitivity: 'coded',
  emittedBy: ['enter-answer-link-code'],
  schema: Type.Object({ handoffId, link }, closed),
  example: { handoffId: anId, link: aLink },
});

export const HandoffAnsweredByLink = defineEvent({
  type: 'HandoffAnsweredByLink',
  version: 1,
  summary:
    'Somebody without an account answered an offer by a one-use link and a code; the link is spent, and the receiver has to confirm it.',
  sensitivity: 'sealed',
  emittedBy: ['answer-by-link'],
  schema: Type.Object(
    {
      handoffId,
      link,
      answer: OneOf(['accepted', 'declined'] as const, 'What was answered'),
      strength: OneOf(identityStrengths, 'How sure it is who answered'),
      effect: Type.Optional(OneOf(takesEffect, 'When it takes effect, where accepted')),
      effectAt: Type.Optional(Moment('The moment, where effect is atTime')),
      expectedOn: Type.Optional(Day('The day that discharge is expected, where effect is atDischarge')),
      reason: Type.Optional(OneOf(handoffDeclineReasons, 'Why, where declined')),
      detail: Type.Optional(Sealed('More about why')),
      saidBy: Sealed('Who answered, as they said: name and role'),
      reachedOn: Type.Optional(Sealed('How to reach them, as they said')),
      issuedBy: Ref('Member of staff who made the link'),
    },
    closed,
  ),
  example: {
    handoffId: anId,
    link: aLink,
    answer: 'accepted',
    strength: 'linkWithCode',
    effect: 'now',
    saidBy: 'sealed:v1:AAAA',
    issuedBy: 'staff-0a1b2c',
  },
});

export const AnswerLinkEnded = defineEvent({
  type: 'AnswerLinkEnded',
  version: 1,
  summary: 'The sender ended the link to answer an offer with, without making another.',
  sensitivity: 'coded',
  emittedBy: ['end-answer-link'],
  schema: Type.Object({ handoffId, link, by: TeamThen('The sender') }, closed),
  example: { handoffId: anId, link: aLink, by: torbay },
});

export const answerLinkEvents = [
  AnswerLinkIssued,
  AnswerLinkCodeRefused,
  AnswerLinkOpened,
  HandoffAnsweredByLink,
  AnswerLinkEnded,
] as const;
