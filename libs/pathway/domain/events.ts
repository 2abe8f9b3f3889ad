/** Every event of a person's journeys. A new one is defined in its concept's folder and listed here by that folder. */
import type { EventsOf } from '#kernel';
import { answerLinkEvents } from './answer-link/events.js';
import { consentEvents } from './consent/events.js';
import { contactEvents } from './contact/events.js';
import { entryEvents } from './entry/events.js';
import { handoffEvents } from './handoff/events.js';
import { journeyEvents } from './journey/events.js';
import { orderEvents } from './order/events.js';
import { personEvents } from './person/events.js';
import { planEvents } from './plan/events.js';
import { referralEvents } from './referral/events.js';
import { stayEvents } from './stay/events.js';

export const pathwayEvents = [
  ...personEvents,
  ...referralEvents,
  ...handoffEvents,
  ...answerLinkEvents,
  ...contactEvents,
  ...planEvents,
  ...orderEvents,
  ...consentEvents,
  ...stayEvents,
  ...journeyEvents,
  ...entryEvents,
] as const;

export type PathwayEvent = EventsOf<typeof pathwayEvents>;
export type PathwayEventType = PathwayEvent['type'];
