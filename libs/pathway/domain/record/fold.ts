import { EventRegistry, effectiveHistory, idOfStream, type RecordedEvent } from '#kernel';
import { answerLinkHandlers, linkMovedIn } from '../answer-link/evolve.js';
import { consentHandlers } from '../consent/evolve.js';
import { contactHandlers, noContacts } from '../contact/evolve.js';
import { moveHandlers, onEitherStream, ownMoveHandlers } from '../entry/evolve.js';
import { pathwayEvents, type PathwayEventType } from '../events.js';
import { handoffHandlers } from '../handoff/evolve.js';
import { journeyHandlers } from '../journey/evolve.js';
import { orderHandlers } from '../order/evolve.js';
import { personHandlers, stopAllOffers } from '../person/evolve.js';
import { planHandlers } from '../plan/evolve.js';
import { referralHandlers } from '../referral/evolve.js';
import { stayHandlers } from '../stay/evolve.js';
import type { DataOf, Handlers } from './event.js';
import { markOf } from './mark.js';
import type { Journey, MovedIn, PersonRecord } from './state.js';

export const pathwayRegistry = new EventRegistry(pathwayEvents);
const types = new Set<string>(pathwayEvents.map(({ type }) => type));

const ofPerson: Handlers<PersonRecord> = {
  ...personHandlers,
  ...stayHandlers,
  ...contactHandlers,
  ...planHandlers,
  ...consentHandlers,
};
/** On the person's own stream. */
const ofPersonAlone: Handlers<PersonRecord> = { ...ofPerson, ...ownMoveHandlers };
const ofJourney: Handlers<Journey> = {
  ...referralHandlers,
  ...handoffHandlers,
  ...answerLinkHandlers,
  ...orderHandlers,
  ...journeyHandlers,
  ...moveHandlers,
};

const emptyRecord = (personId: string): PersonRecord => ({
  personId,
  stays: [],
  attendances: [],
  contacts: noContacts,
  plans: [],
  consents: [],
  journeys: {},
  movedOut: [],
  movedIn: [],
  voided: [],
  unplaced: [],
});

const lastOf = ({ occurredAt, precision, recordedAt, eventId, type }: RecordedEvent): Journey['last'] => ({
  at: occurredAt,
  precision,
  recordedAt,
  eventId,
  type,
});

const newJourney = (journeyId: string, event: RecordedEvent): Journey => ({
  journeyId,
  ...(event.pilot !== undefined && { pilot: event.pilot }),
  synthetic: event.synthetic,
  pathway: '',
  definitionVersion: 0,
  definitionHash: '',
  keyWorkers: [],
  handoffs: [],
  contacts: noContacts,
  orders: [],
  movedOut: [],
  movedIn: [],
  first: markOf(event),
  last: lastOf(event),
});

/** The state unchanged where nobody handles the type; undefined where the event does not fit. */
function handle<State>(handlers: Handlers<State>, state: State, event: RecordedEvent): State | undefined {
  const handler = handlers[event.type as PathwayEventType] as
    ((state: State, data: unknown, event: RecordedEvent) => State | undefined) | undefined;
  return handler ? handler(state, event.data, event) : state;
}

/**
 * Ids are no names of fields: the engine would make a shape of its own for each, and copy it slowly. An object without
 * a prototype has none, and costs a third.
 */
function withJourney(journeys: PersonRecord['journeys'], journey: Journey): PersonRecord['journeys'] {
  const next = Object.create(null) as Record<string, Journey>;
  for (const id in journeys) next[id] = journeys[id]!;
  next[journey.journeyId] = journey;
  return next;
}

function evolveJourney(record: PersonRecord, event: RecordedEvent): PersonRecord | undefined {
  const journeyId = idOfStream(event.stream);
  const before = record.journeys[journeyId] ?? newJourney(journeyId, event);
  const changed = handle(ofJourney, before, event);
  const journey: Journey = {
    ...(changed ?? before),
    last: lastOf(event),
  };
  const after = { ...record, journeys: withJourney(record.journeys, journey) };
  return changed ? after : unplaced(after, event);
}

const unplaced = (record: PersonRecord, event: RecordedEvent): PersonRecord => ({
  ...record,
  unplaced: [...record.unplaced, event.eventId],
});

function notingArrival(record: PersonRecord, event: RecordedEvent, arrival: MovedIn): PersonRecord {
  if (!event.stream.startsWith('journey-')) return { ...record, movedIn: [...record.movedIn, arrival] };
  const arrived = evolveJourney(record, event) ?? record;
  const journey = arrived.journeys[idOfStream(event.stream)]!;
  return {
    ...arrived,
    journeys: withJourney(arrived.journeys, { ...journey, movedIn: [...journey.movedIn, arrival] }),
  };
}

/** An entry that came from another record counts as if it had been made here (scenario 10). */
function movedIn(record: PersonRecord, event: RecordedEvent): PersonRecord {
  const { fromJourney, entry, entryType, entryVersion, data } = event.data as DataOf<'EntryMovedIn'>;
  const noted = notingArrival(record, event, { ...markOf(event), fromJourney, entry });
  const isKnown = types.has(entryType) && entryType !== 'EntryMovedIn';
  if (!isKnown || entryVersion > pathwayRegistry.definition(entryType).version) return unplaced(noted, event);
  const placed = evolve(noted, pathwayRegistry.decode({ ...event, type: entryType, schemaVersion: entryVersion, data }));
  const journey = entryType === 'AnswerLinkIssued' ? placed.journeys[idOfStream(event.stream)] : undefined;
  return journey ? { ...placed, journeys: withJourney(placed.journeys, linkMovedIn(journey, event)) } : placed;
}

function voiding(record: PersonRecord, event: RecordedEvent): PersonRecord {
  if (event.type === 'EntriesMovedOut') {
    const { entries, entryTypes = [] } = event.data as DataOf<'EntriesMovedOut'>;
    const noted = { ...record, voided: [...record.voided, ...entries] };
    return entryTypes.includes('PersonDied') ? stopAllOffers(noted, event, 'deathInError') : noted;
  }
  if (event.type !== 'EntryMarkedInError') return record;
  const { entry, entryType } = event.data as DataOf<'EntryMarkedInError'>;
  const noted = { ...record, voided: [...record.voided, entry] };
  return entryType === 'PersonDied' ? stopAllOffers(noted, event, 'deathInError') : noted;
}

function evolve(record: PersonRecord, event: RecordedEvent): PersonRecord {
  if (!types.has(event.type)) return record;
  const onJourney = event.stream.startsWith('journey-');
  if (event.type === 'EntryMovedIn') return movedIn(record, event);
  if (!onJourney && event.type in ofJourney && !onEitherStream.has(event.type)) return unplaced(record, event);
  const journeyed = voiding(onJourney ? (evolveJourney(record, event) ?? record) : record, event);
  const changed = handle(onJourney ? ofPerson : ofPersonAlone, journeyed, event);
  return changed ?? unplaced(journeyed, event);
}

/**
 * Folds a person's effective history, all their streams together, in the order in which care happened. Total: an
 * event that does not fit where it stands is kept in `unplaced`, and everything else goes on.
 */
export const recordFold = { name: 'person-record', initial: emptyRecord, evolve } as const;

/** The record out of entries as they were recorded; types of other contexts do not concern it. */
export const recordOf = (personId: string, recorded: readonly RecordedEvent[]): PersonRecord =>
  effectiveHistory(
    recorded.filter(({ type }) => types.has(type)),
    pathwayRegistry,
  ).reduce(evolve, emptyRecord(personId));
