import { withContact } from '../contact/evolve.js';
import { stopOffers } from '../handoff/stop.js';
import type { Handlers } from '../record/event.js';
import { markOf } from '../record/mark.js';
import type { Journey } from '../record/state.js';

export const journeyHandlers: Handlers<Journey> = {
  ContactRecorded: (journey, { sector }, event) => ({
    ...journey,
    contacts: withContact(journey.contacts, event.occurredAt, sector),
  }),

  JourneyPaused: (journey, { reason, until }, event) =>
    journey.closed || journey.paused
      ? undefined
      : { ...journey, paused: { ...markOf(event), reason, ...(until && { until }) } },

  JourneyResumed: (journey, _, event) => {
    const { paused, ...working } = journey;
    return paused ? { ...working, resumed: markOf(event) } : undefined;
  },

  JourneyClosed: (journey, { reason, agreedWith }, event) =>
    journey.closed
      ? undefined
      : { ...stopOffers(journey, event, 'journeyClosed'), closed: { ...markOf(event), reason, agreedWith } },

  JourneyMovedToDefinition: (journey, { pathway, definitionVersion, definitionHash }) => ({
    ...journey,
    pathway,
    definitionVersion,
    definitionHash,
  }),
};
