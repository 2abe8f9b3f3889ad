/** Answers that one party wrote down, and what the other says of them (scenario 9). */
import { Day, defineEvent, Moment, OneOf, Sealed, Type, Uuid } from '#kernel';
import { handoffDeclineReasons, takesEffect } from '../../codes.js';
import { handoffId, TeamThen } from '../../fields.js';

const torbay = { team: 'torbay-north-zone', organisation: 'torbay-care-trust', sector: 'community' } as const;
const brixham = { team: 'brixham-home-care-team', organisation: 'brixham-home-care', sector: 'socialCare' } as const;
const anId = '5b1f0f3e-58a5-5d0c-8c6e-1f1de5d0a001';

export const HandoffAnswerReported = defineEvent({
  type: 'HandoffAnswerReported',
  version: 1,
  summary: 'One party wrote down an answer given by telephone: reported, not confirmed by the other.',
  sensitivity: 'sealed',
  emittedBy: ['report-handoff-answer'],
  schema: Type.Object(
    {
      handoffId,
      answer: OneOf(['accepted', 'declined'] as const, 'What was said'),
      effect: Type.Optional(OneOf(takesEffect, 'When it takes effect, where accepted')),
      effectAt: Type.Optional(Moment('The moment, where effect is atTime')),
      expectedOn: Type.Optional(Day('The day that discharge is expected, where effect is atDischarge')),
      reason: Type.Optional(OneOf(handoffDeclineReasons, 'Why, where declined')),
      spokenTo: Sealed('Who answered'),
      reportedBy: TeamThen('The team that wrote it down'),
    },
    { additionalProperties: false },
  ),
  example: { handoffId: anId, answer: 'accepted', effect: 'now', spokenTo: 'sealed:v1:AAAA', reportedBy: torbay },
});

export const HandoffReportConfirmed = defineEvent({
  type: 'HandoffReportConfirmed',
  version: 1,
  summary: 'The other party confirmed an answer that was reported by telephone or given by a link.',
  sensitivity: 'coded',
  emittedBy: ['confirm-handoff-report', 'accept-handoff', 'decline-handoff'],
  schema: Type.Object(
    { handoffId, report: Uuid("The report's event id"), by: TeamThen('Who confirms') },
    { additionalProperties: false },
  ),
  example: { handoffId: anId, report: anId, by: brixham },
});

export const HandoffReportDisputed = defineEvent({
  type: 'HandoffReportDisputed',
  version: 1,
  summary: 'The other party denies a reported answer: both accounts stand and the sender holds from now.',
  sensitivity: 'sealed',
  emittedBy: ['dispute-handoff-report'],
  schema: Type.Object(
    {
      handoffId,
      report: Uuid("The report's event id"),
      by: TeamThen('Who denies it'),
      detail: Type.Optional(Sealed('Their account')),
    },
    { additionalProperties: false },
  ),
  example: { handoffId: anId, report: anId, by: brixham },
});

export const HandoffDisputeResolved = defineEvent({
  type: 'HandoffDisputeResolved',
  version: 1,
  summary: 'Sender and receiver settled who holds; the earlier accounts stay.',
  sensitivity: 'sealed',
  emittedBy: ['resolve-handoff-dispute'],
  schema: Type.Object(
    { handoffId, holder: TeamThen('Who holds from now'), agreedWith: Sealed('Who agreed') },
    { additionalProperties: false },
  ),
  example: { handoffId: anId, holder: torbay, agreedWith: 'sealed:v1:AAAA' },
});

export const reportEvents = [
  HandoffAnswerReported,
  HandoffReportConfirmed,
  HandoffReportDisputed,
  HandoffDisputeResolved,
] as const;
