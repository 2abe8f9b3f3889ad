import type { RecordedEvent } from '#kernel';
import { stopOffers } from '../handoff/stop.js';
import type { Handlers } from '../record/event.js';
import { markOf } from '../record/mark.js';
import type { PersonRecord } from '../record/state.js';

export function stopAllOffers(record: PersonRecord, event: RecordedEvent, why: 'died' | 'deathInError'): PersonRecord {
  let journeys = record.journeys;
  for (const [id, journey] of Object.entries(record.journeys)) {
    const stopped = stopOffers(journey, event, why);
    if (stopped !== journey) journeys = { ...journeys, [id]: stopped };
  }
  return journeys === record.journeys ? record : { ...record, journeys };
}

export const personHandlers: Handlers<PersonRecord> = {
  PersonRegistered: (record, { sex, birthYear }, event) => ({
    ...record,
    registered: markOf(event),
    sex,
    ...(birthYear !== undefined && { birthYear }),
  }),

  PersonDied: (record, { place }, event) =>
    record.death ? undefined : { ...stopAllOffers(record, event, 'died'), death: { ...markOf(event), place } },

  // An offer to somebody who had died by then, because the death was recorded late.
  HandoffOffered: (record, _, event) => (record.death ? stopAllOffers(record, event, 'died') : record),
};
