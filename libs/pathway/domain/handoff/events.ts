import { Day, defineEvent, Moment, OneOf, Sealed, Type, Uuid } from '#kernel';
import {
  chaserCauses,
  asDescribed,
  missingFromHandover,
  contactModes,
  escalationCauses,
  handoffDeclineReasons,
  noticeKinds,
  takesEffect,
  urgencies,
  withdrawalReasons,
} from '../codes.js';
import { handoffId, OfferContents, TeamThen } from '../fields.js';

const torbay = { team: 'torbay-north-zone', organisation: 'torbay-care-trust', sector: 'community' } as const;
const brixham = { team: 'brixham-home-care-team', organisation: 'brixham-home-care', sector: 'socialCare' } as const;
const anId = '5b1f0f3e-58a5-5d0c-8c6e-1f1de5d0a001';

export const HandoffOffered = defineEvent({
  type: 'HandoffOffered',
  version: 1,
  summary: 'The responsible team asked another to take over; nothing moves until it accepts.',
  sensitivity: 'sealed',
  emittedBy: ['offer-handoff'],
  schema: Type.Object(
    {
      handoffId,
      episode: Uuid('Attempts for one need share it: declined and offered again is one episode (FACTS 3.1)'),
      attempt: Type.Integer({ minimum: 1, description: 'Number of the attempt in the episode' }),
      from: TeamThen('The sender'),
      to: TeamThen('The receiver'),
      urgency: OneOf(urgencies, 'How soon'),
      acknowledgeBy: Moment("Deadline for being seen, in the receiver's hours"),
      acceptBy: Moment("Deadline for an answer, in the receiver's hours"),
      targetVersion: Type.String({ maxLength: 80, description: 'Version of the targets that gave the deadlines' }),
      effect: OneOf(takesEffect, 'When acceptance is asked to take effect'),
      effectAt: Type.Optional(Moment('The moment, where effect is atTime')),
      expectedOn: Type.Optional(Day('The day that discharge is expected, where effect is atDischarge')),
      contents: OfferContents,
    },
    { additionalProperties: false },
  ),
  example: {
    handoffId: anId,
    episode: anId,
    attempt: 1,
    from: torbay,
    to: brixham,
    urgency: 'urgent',
    acknowledgeBy: '2011-03-01T09:15:00.000Z',
    acceptBy: '2011-03-01T09:30:00.000Z',
    targetVersion: 'hub-default@1',
    effect: 'now',
    contents: {
      asked: 'sealed:v1:AAAA',
      risks: 'noneKnown',
      safeguarding: 'noneKnown',
      agreement: 'agreed',
      sharing: 'directCareConsent',
    },
  },
});

export const HandoffAcknowledged = defineEvent({
  type: 'HandoffAcknowledged',
  version: 1,
  summary: 'The receiver saw the offer; the sender is still responsible.',
  sensitivity: 'coded',
  emittedBy: ['acknowledge-handoff'],
  schema: Type.Object({ handoffId, by: TeamThen('The receiver') }, { additionalProperties: false }),
  example: { handoffId: anId, by: brixham },
});

export const HandoffAccepted = defineEvent({
  type: 'HandoffAccepted',
  version: 1,
  summary: 'The receiver took responsibility, from the moment that it takes effect.',
  sensitivity: 'coded',
  emittedBy: ['accept-handoff'],
  schema: Type.Object(
    {
      handoffId,
      by: TeamThen('The receiver'),
      effect: OneOf(takesEffect, 'When it takes effect'),
      effectAt: Type.Optional(Moment('The moment, where effect is atTime')),
      expectedOn: Type.Optional(Day('The day that discharge is expected, where effect is atDischarge')),
    },
    { additionalProperties: false },
  ),
  example: { handoffId: anId, by: brixham, effect: 'now' },
});

export const HandoffDeclined = defineEvent({
  type: 'HandoffDeclined',
  version: 1,
  summary: 'The receiver did not take over, and said why; the sender is still responsible.',
  sensitivity: 'sealed',
  emittedBy: ['decline-handoff'],
  schema: Type.Object(
    {
      handoffId,
      by: TeamThen('The receiver'),
      reason: OneOf(handoffDeclineReasons, 'Why'),
      detail: Type.Optional(Sealed('More about why')),
    },
    { additionalProperties: false },
  ),
  example: { handoffId: anId, by: brixham, reason: 'noCapacity' },
});

export const HandoffDeclineSeen = defineEvent({
  type: 'HandoffDeclineSeen',
  version: 1,
  summary: 'Somebody of the sender acted on a decline or a lapse; it leaves the top of their list.',
  sensitivity: 'coded',
  emittedBy: ['act-on-decline'],
  schema: Type.Object({ handoffId, by: TeamThen('The sender') }, { additionalProperties: false }),
  example: { handoffId: anId, by: torbay },
});

export const HandoffWithdrawn = defineEvent({
  type: 'HandoffWithdrawn',
  version: 1,
  summary: 'The offer was taken back, or closed because another team accepted first.',
  sensitivity: 'coded',
  emittedBy: ['withdraw-handoff', 'accept-handoff', 'report-handoff-answer', 'answer-by-link'],
  schema: Type.Object(
    { handoffId, by: TeamThen('Who closed it'), reason: OneOf(withdrawalReasons, 'Why') },
    { additionalProperties: false },
  ),
  example: { handoffId: anId, by: torbay, reason: 'noLongerNeeded' },
});

export const HandoffLapsed = defineEvent({
  type: 'HandoffLapsed',
  version: 1,
  summary: 'Nobody answered in time; the sender is still responsible.',
  sensitivity: 'coded',
  emittedBy: ['lapse-handoff'],
  schema: Type.Object({ handoffId, deadline: Moment('The deadline that passed') }, { additionalProperties: false }),
  example: { handoffId: anId, deadline: '2011-03-01T09:30:00.000Z' },
});

export const HandoffChased = defineEvent({
  type: 'HandoffChased',
  version: 1,
  summary: 'The receiver was reminded of an offer, once for each cause; nothing moves by it.',
  sensitivity: 'coded',
  emittedBy: ['chase-handoff'],
  schema: Type.Object(
    {
      handoffId,
      cause: OneOf(chaserCauses, 'What the receiver has not done'),
      deadline: Moment('By when it was to be done'),
      to: TeamThen('The receiver'),
    },
    { additionalProperties: false },
  ),
  example: { handoffId: anId, cause: 'notSeen', deadline: '2011-03-01T09:15:00.000Z', to: brixham },
});

export const HandoffProblemSeen = defineEvent({
  type: 'HandoffProblemSeen',
  version: 1,
  summary:
    'Somebody of the sender saw that a handover was declined or is overdue; it stays on their list until they act.',
  sensitivity: 'coded',
  emittedBy: ['see-handoff-problem'],
  schema: Type.Object(
    { handoffId, cause: OneOf(escalationCauses, 'What is wrong with it'), by: TeamThen('The sender') },
    { additionalProperties: false },
  ),
  example: { handoffId: anId, cause: 'declineNotActedOn', by: torbay },
});

export const HandoffEscalated = defineEvent({
  type: 'HandoffEscalated',
  version: 1,
  summary: "The sender's duty manager was told, once for each cause, that an offer waits or a decline was not seen.",
  sensitivity: 'coded',
  emittedBy: ['escalate-handoff'],
  schema: Type.Object(
    { handoffId, cause: OneOf(escalationCauses, 'What nobody did in time'), to: TeamThen('Whose duty manager') },
    { additionalProperties: false },
  ),
  example: { handoffId: anId, cause: 'notAnswered', to: torbay },
});

export const HandoffNoticeRead = defineEvent({
  type: 'HandoffNoticeRead',
  version: 1,
  summary: 'A notice was read by somebody whom it was for: a team, or a duty manager.',
  sensitivity: 'coded',
  emittedBy: ['read-handoff-notice'],
  schema: Type.Object(
    { handoffId, notice: OneOf(noticeKinds, 'What they were told') },
    { additionalProperties: false },
  ),
  example: { handoffId: anId, notice: 'toldDecline' },
});

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

export const FirstContactRecorded = defineEvent({
  type: 'FirstContactRecorded',
  version: 1,
  summary: 'The receiver first saw or spoke to the person after accepting, and may say whether the handover was right.',
  sensitivity: 'sealed',
  emittedBy: ['record-first-contact'],
  schema: Type.Object(
    {
      handoffId,
      by: TeamThen('The receiver'),
      mode: OneOf(contactModes, 'How'),
      asDescribed: Type.Optional(OneOf(asDescribed, 'Whether the person was as the handover described')),
      missing: Type.Optional(OneOf(missingFromHandover, 'What was missing most, or was otherwise')),
      missingDetail: Type.Optional(Sealed('What was missing, in words')),
    },
    { additionalProperties: false },
  ),
  example: { handoffId: anId, by: brixham, mode: 'visit' },
});

export const handoffEvents = [
  HandoffOffered,
  HandoffAcknowledged,
  HandoffAccepted,
  HandoffDeclined,
  HandoffDeclineSeen,
  HandoffWithdrawn,
  HandoffLapsed,
  HandoffChased,
  HandoffProblemSeen,
  HandoffEscalated,
  HandoffNoticeRead,
  HandoffAnswerReported,
  HandoffReportConfirmed,
  HandoffReportDisputed,
  HandoffDisputeResolved,
  FirstContactRecorded,
] as const;
