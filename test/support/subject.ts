/** A journey as one visitor may see it, out of entries told in the words of the events. */
import { personaOf, type PersonaId } from '#access';
import { effectiveHistory, type Instant, type RecordedEvent } from '#kernel';
import { pathwayRegistry, recordOf } from '#pathway';
import type { Entry } from './history.js';
import { partOf } from '../../apps/server/web/record/part.js';
import type { Subject } from '../../apps/server/web/record/subject.js';

export const mrsSmith = {
  givenName: 'Edith',
  familyName: 'Smith',
  birthDate: '1925-06-11',
  nhsNumber: '9434765870',
} as const;

export function subjectOf(history: readonly Entry[], journeyId: string, persona: PersonaId, now: Instant): Subject {
  const entries = history.map(({ stream, event }, i): RecordedEvent => ({
    ...event,
    stream,
    revision: i,
    position: String(i + 1),
    ordinal: i + 1,
  }));
  const personId = entries[0]!.person!;
  const record = recordOf(personId, entries);
  const journey = record.journeys[journeyId]!;
  const principal = personaOf(persona)!;
  const part = partOf(principal.actor, record, journey, now);
  if (part.kind === 'none') throw new Error(`${persona} does not see this journey`);
  return {
    record,
    journey,
    entries,
    part,
    principal,
    now,
    effective: new Map(effectiveHistory(entries, pathwayRegistry).map((event) => [event.eventId, event])),
    identity: mrsSmith,
    shows: {
      people: [personId],
      journey: journeyId,
      identified: true,
      served: { readModel: 'person-record', version: 1, ordinal: entries.length },
    },
    freshness: {
      position: undefined,
      ordinal: entries.length,
      asOf: undefined,
      eventsBehind: 0,
      status: 'live',
      incomplete: 0,
    },
    read: (sealed) => (sealed === undefined ? undefined : 'words in the clear'),
  };
}
