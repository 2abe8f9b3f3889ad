import { withContact } from '../contact/evolve.js';
import type { Handlers } from '../record/event.js';
import { markOf } from '../record/mark.js';
import type { Journey } from '../record/state.js';
import { accept, canStillAnswer, changeHandoff, effectOf, handoffOf } from './change.js';
import { reportHandlers } from './report/evolve.js';
import { foundIn, isOpen, needsAction, type Handoff } from './state.js';
import { stopOffers } from './stop.js';

export const handoffHandlers: Handlers<Journey> = {
  HandoffOffered: (journey, data, event) => {
    if (handoffOf(journey, data.handoffId)) return undefined;
    const { effect: _, effectAt: __, expectedOn: ___, ...offer } = data;
    const handoff: Handoff = {
      ...offer,
      revisions: [],
      asked: effectOf(data),
      status: 'offered',
      offered: markOf(event),
      chasers: [],
      escalations: [],
      problemsSeen: [],
      noticesRead: [],
      accounts: [],
      links: [],
    };
    const offered = { ...journey, handoffs: [...journey.handoffs, handoff] };
    return journey.closed ? stopOffers(offered, event, 'journeyClosed') : offered;
  },

  HandoffOfferRevised: (journey, { handoffId, by, reason, changed, contents }, event) =>
    changeHandoff(journey, handoffId, (handoff) => ({
      ...handoff,
      contents,
      revisions: [...handoff.revisions, { ...markOf(event), by, reason, changed, before: handoff.contents }],
    })),

  HandoffAcknowledged: (journey, { handoffId }, event) =>
    changeHandoff(journey, handoffId, (handoff) =>
      handoff.acknowledged
        ? undefined
        : {
            ...handoff,
            status: handoff.status === 'offered' ? 'acknowledged' : handoff.status,
            acknowledged: markOf(event),
          },
    ),

  HandoffAccepted: (journey, data, event) =>
    changeHandoff(journey, data.handoffId, (handoff) =>
      canStillAnswer(handoff)
        ? accept(journey, handoff, { ...markOf(event), by: data.by, ...effectOf(data) }, event)
        : undefined,
    ),

  HandoffDeclined: (journey, { handoffId, ...declined }, event) =>
    changeHandoff(journey, handoffId, (handoff) =>
      isOpen(handoff) ? { ...handoff, status: 'declined', declined: { ...markOf(event), ...declined } } : undefined,
    ),

  // Also a lapse that an answer, recorded late, has overtaken since.
  HandoffDeclineSeen: (journey, { handoffId, by }, event) =>
    changeHandoff(journey, handoffId, (handoff) =>
      needsAction(handoff) || (handoff.lapsed && !handoff.actedOn)
        ? { ...handoff, actedOn: { ...markOf(event), by } }
        : undefined,
    ),

  // Also an acceptance that has not taken effect can be taken back by the sender.
  HandoffWithdrawn: (journey, { handoffId, by, reason }, event) =>
    changeHandoff(journey, handoffId, (handoff) =>
      isOpen(handoff) || (handoff.status === 'accepted' && handoff.accepted?.effect !== 'now')
        ? { ...handoff, status: 'withdrawn', withdrawn: { ...markOf(event), by, reason } }
        : undefined,
    ),

  // After an answer that was given in time and recorded late, the lapse stays as a mark only (scenario 5).
  HandoffLapsed: (journey, { handoffId, deadline }, event) =>
    changeHandoff(journey, handoffId, (handoff) => {
      const lapsed = { ...markOf(event), deadline };
      if (isOpen(handoff)) return { ...handoff, status: 'lapsed', lapsed };
      return handoff.status === 'accepted' || handoff.status === 'declined' ? { ...handoff, lapsed } : undefined;
    }),

  HandoffChased: (journey, { handoffId, cause }, event) =>
    changeHandoff(journey, handoffId, (handoff) => ({
      ...handoff,
      chasers: [...handoff.chasers, { ...markOf(event), cause }],
    })),

  HandoffProblemSeen: (journey, { handoffId, cause, by }, event) =>
    changeHandoff(journey, handoffId, (handoff) => ({
      ...handoff,
      problemsSeen: [...handoff.problemsSeen, { ...markOf(event), cause, by }],
    })),

  HandoffEscalated: (journey, { handoffId, cause, to }, event) =>
    changeHandoff(journey, handoffId, (handoff) => ({
      ...handoff,
      escalations: [...handoff.escalations, { ...markOf(event), cause, to }],
    })),

  HandoffNoticeRead: (journey, { handoffId, notice }, event) =>
    changeHandoff(journey, handoffId, (handoff) => ({
      ...handoff,
      noticesRead: [...handoff.noticesRead, { ...markOf(event), notice }],
    })),

  FirstContactRecorded: (journey, { handoffId, ...contact }, event) => {
    const changed = changeHandoff(journey, handoffId, (handoff) =>
      handoff.status === 'accepted' && !handoff.firstContact
        ? { ...handoff, firstContact: { ...markOf(event), by: contact.by, mode: contact.mode, ...foundIn(contact) } }
        : undefined,
    );
    return changed && { ...changed, contacts: withContact(changed.contacts, event.occurredAt, contact.by.sector) };
  },

  ...reportHandlers,
};
