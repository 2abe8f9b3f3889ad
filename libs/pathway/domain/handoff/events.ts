import { Day, defineEvent, Moment, OneOf, Sealed, Type, Uuid } from '#kernel';
import {
  chaserCauses,
  asDescribed,
  missingFromHandover,
  contactModes,
  escalationCauses,
  handoffDeclineReasons,
  noticeKinds,
  revisionReasons,
  takesEffect,
  urgencies,
  withdrawalReasons,
} from '../codes.js';
import { handoffId, OfferContents, revisableContents, TeamThen } from '../fields.js';
import { reportEvents } from './report/events.js';

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

export const HandoffOfferRevised = defineEvent({
  type: 'HandoffOfferRevised',
  version: 1,
  summary: 'The sender put right what the offer says; what the receiver had read before stays to be seen (ADR 0014).',
  sensitivity: 'sealed',
  emittedBy: ['revise-offer'],
  schema: Type.Object(
    {
      handoffId,
      revision: Type.Integer({ minimum: 1, description: 'Number of the revision of this offer' }),
      by: TeamThen('The sender'),
      reason: OneOf(revisionReasons, 'Why'),
      changed: Type.Array(OneOf(revisableContents, 'What says something else now'), { minItems: 1, maxItems: 20 }),
      contents: OfferContents,
    },
    { additionalProperties: false },
  ),
  example: {
    handoffId: anId,
    revision: 1,
    by: torbay,
    reason: 'wasMissing',
    changed: ['risks', 'riskDetail'],
    contents: {
      asked: 'sealed:v1:AAAA',
      risks: 'yes',
      riskDetail: 'sealed:v1:AAAA',
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
  summary:
    'The receiver was reminded of an offer, or of an answer to confirm, once for each cause; nothing moves by it.',
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
  HandoffOfferRevised,
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
  ...reportEvents,
  FirstContactRecorded,
] as const;
