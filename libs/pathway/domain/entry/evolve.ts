/** What moving entries leaves on the two records (scenario 10). A stay and a death are the person's own. */
import type { Handlers } from '../record/event.js';
import { markOf } from '../record/mark.js';
import type { Journey, PersonRecord } from '../record/state.js';

/** Entries about entries, which stand on a journey or on the person's own stream like what they are about. */
export const onEitherStream: ReadonlySet<string> = new Set([
  'ContactRecorded',
  'EntriesMovedOut',
  'EntryMarkedInError',
]);

export const moveHandlers: Handlers<Journey> = {
  EntriesMovedOut: (journey, { toJourney, toPerson, entries, broughtHere = [] }, event) => ({
    ...journey,
    movedIn: [...journey.movedIn, ...broughtHere.map((one) => ({ ...markOf(event), ...one }))],
    movedOut: [...journey.movedOut, { ...markOf(event), toJourney, toPerson, entries, by: event.actor.organisation }],
  }),

  EntryMarkedInError: (journey, { broughtHere }, event) =>
    broughtHere ? { ...journey, movedIn: [...journey.movedIn, { ...markOf(event), ...broughtHere }] } : journey,
};

/** Of events on the person's own stream. */
export const ownMoveHandlers: Handlers<PersonRecord> = {
  EntriesMovedOut: (record, { fromJourney, toJourney, toPerson, entries, broughtHere = [] }, event) =>
    fromJourney === undefined
      ? undefined
      : {
          ...record,
          movedIn: [...record.movedIn, ...broughtHere.map((one) => ({ ...markOf(event), ...one }))],
          movedOut: [
            ...record.movedOut,
            { ...markOf(event), fromJourney, toJourney, toPerson, entries, by: event.actor.organisation },
          ],
        },

  EntryMarkedInError: (record, { broughtHere }, event) =>
    broughtHere ? { ...record, movedIn: [...record.movedIn, { ...markOf(event), ...broughtHere }] } : record,
};
