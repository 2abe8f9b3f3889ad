/**
 * A few people's histories for tests of read models and metrics: entries in the words of the events, checked against
 * their schemas, put through the real engine.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openMemoryEventStore } from '#event-store';
import {
  deriveId,
  EventRegistry,
  journeyStream,
  personStream,
  type Instant,
  type NewEvent,
  type Precision,
  type Purpose,
} from '#kernel';
import { pathwayEvents, pathwayReadModels, type PathwayEvent, type PathwayEventType } from '#pathway';
import { programmeEvents } from '#pilots';
import { incompleteSubjects, ReadModelReader, rebuild, type Rows } from '#projections';

export const registry = new EventRegistry([...pathwayEvents, ...programmeEvents]);

type DataOf<T extends PathwayEventType> = Extract<PathwayEvent, { type: T }>['data'];

export const north = { team: 'torbay-north-zone', organisation: 'torbay-care-trust', sector: 'community' } as const;
export const reablement = {
  team: 'torbay-reablement-team',
  organisation: 'torbay-care-trust',
  sector: 'socialCare',
} as const;
export const brixham = {
  team: 'brixham-home-care-team',
  organisation: 'brixham-home-care',
  sector: 'socialCare',
} as const;
export const harbourside = {
  team: 'harbourside-home-care-team',
  organisation: 'harbourside-home-care',
  sector: 'socialCare',
} as const;
export const ward = {
  team: 'torbay-hospital-care-of-the-elderly-ward',
  organisation: 'torbay-hospital',
  sector: 'secondary',
} as const;

export const sealed = 'sealed:v1:AAAA';

/** `2011-03-01 09:00` in UTC. */
export const at = (words: string): Instant => `${words.replace(' ', 'T')}:00.000Z`;
export const idOf = (name: string): string => deriveId('test', name);

export interface EntryOptions {
  /** When it was written down; at once where absent. */
  readonly recorded?: string;
  readonly precision?: Precision;
  readonly pilot?: string;
  readonly purpose?: Purpose;
  readonly synthetic?: boolean;
}

export interface Entry {
  readonly stream: string;
  readonly event: NewEvent;
}

let entries = 0;

/** @throws Error where the data is not what the event's schema says */
function entry(
  stream: string,
  person: string,
  type: PathwayEventType,
  data: object,
  occurred: string,
  options: EntryOptions,
): Entry {
  const problems = registry.problems(type, data);
  if (problems.length > 0) throw new Error(`${type}: ${problems.join('; ')}`);
  const { recorded = occurred, precision = 'minute', pilot, purpose = 'directCare', synthetic = false } = options;
  const eventId = deriveId('test-event', ++entries);
  return {
    stream,
    event: {
      eventId,
      type,
      schemaVersion: 1,
      person,
      ...(pilot && { pilot }),
      occurredAt: at(occurred),
      precision,
      recordedAt: at(recorded),
      purpose,
      commandId: eventId,
      commandHash: 'h',
      correlationId: eventId,
      source: 'test',
      actor: { staff: 'staff-1', role: 'coordinator', organisation: north.organisation, sector: 'community' },
      synthetic,
      data,
    },
  };
}

/** Somebody's history by name; entries come back in the order in which they are to be recorded. */
export function person(name: string, defaults: EntryOptions = {}) {
  const personId = idOf(name);
  const journey = idOf(`${name}'s journey`);
  const said = <T extends PathwayEventType>(
    type: T,
    data: DataOf<T>,
    occurred: string,
    options: EntryOptions = {},
  ): Entry =>
    entry(journeyStream(journey), personId, type, data, occurred, { pilot: 'torbay', ...defaults, ...options });
  const lived = <T extends PathwayEventType>(
    type: T,
    data: DataOf<T>,
    occurred: string,
    options: EntryOptions = {},
  ): Entry => entry(personStream(personId), personId, type, data, occurred, { ...defaults, ...options });
  const handoff = (label: string) => idOf(`${name}'s handover ${label}`);
  const stay = (label: string) => idOf(`${name}'s stay ${label}`);
  return {
    personId,
    journey,
    handoff,
    stay,
    said,
    lived,
    referred: (occurred: string) => [
      said(
        'ReferralMade',
        {
          pathway: 'torbay-older-people',
          definitionVersion: 1,
          definitionHash: '0'.repeat(64),
          referrer: 'generalPractitioner',
          to: north,
          urgency: 'soon',
          reason: sealed,
        },
        occurred,
      ),
      said('ReferralAccepted', { team: north, keyWorker: 'staff-key' }, occurred),
    ],
    offered: (
      label: string,
      occurred: string,
      more: Partial<DataOf<'HandoffOffered'>> = {},
      options: EntryOptions = {},
    ) =>
      said(
        'HandoffOffered',
        {
          handoffId: handoff(label),
          episode: idOf(`${name}'s episode`),
          attempt: 1,
          from: north,
          to: brixham,
          urgency: 'urgent',
          acknowledgeBy: plusMinutes(occurred, 15),
          acceptBy: plusMinutes(occurred, 30),
          targetVersion: 'hub-default@1',
          effect: 'now',
          contents: {
            asked: sealed,
            risks: 'noneKnown',
            safeguarding: 'noneKnown',
            agreement: 'agreed',
            sharing: 'directCareConsent',
          },
          ...more,
        },
        occurred,
        options,
      ),
    seen: (label: string, occurred: string, options: EntryOptions = {}) =>
      said('HandoffAcknowledged', { handoffId: handoff(label), by: brixham }, occurred, options),
    accepted: (
      label: string,
      occurred: string,
      options: EntryOptions = {},
      more: Partial<DataOf<'HandoffAccepted'>> = {},
    ) => said('HandoffAccepted', { handoffId: handoff(label), by: brixham, effect: 'now', ...more }, occurred, options),
    declined: (label: string, occurred: string, options: EntryOptions = {}) =>
      said('HandoffDeclined', { handoffId: handoff(label), by: brixham, reason: 'noCapacity' }, occurred, options),
    linked: (label: string, occurred: string) =>
      said(
        'AnswerLinkIssued',
        {
          handoffId: handoff(label),
          link: idOf(`${name}'s link ${label}`),
          by: north,
          until: plusMinutes(occurred, 240),
          wrongCodes: 5,
          rule: 'answer-links@1',
        },
        occurred,
      ),
    answeredByLink: (label: string, occurred: string, answer: 'accepted' | 'declined' = 'accepted') =>
      said(
        'HandoffAnsweredByLink',
        {
          handoffId: handoff(label),
          link: idOf(`${name}'s link ${label}`),
          answer,
          strength: 'linkWithCode',
          ...(answer === 'accepted' ? { effect: 'now' as const } : { reason: 'noCapacity' as const }),
          saidBy: sealed,
          issuedBy: 'staff-1',
        },
        occurred,
      ),
    reported: (label: string, occurred: string) =>
      said(
        'HandoffAnswerReported',
        { handoffId: handoff(label), answer: 'accepted', effect: 'now', spokenTo: sealed, reportedBy: north },
        occurred,
      ),
    confirmed: (label: string, report: Entry, occurred: string) =>
      said(
        'HandoffReportConfirmed',
        { handoffId: handoff(label), report: report.event.eventId, by: brixham },
        occurred,
      ),
    denied: (label: string, report: Entry, occurred: string) =>
      said('HandoffReportDisputed', { handoffId: handoff(label), report: report.event.eventId, by: brixham }, occurred),
    admitted: (label: string, occurred: string, options: EntryOptions = {}) =>
      lived('Admitted', { stayId: stay(label), method: '21', hospital: 'torbay-hospital', ward }, occurred, options),
    discharged: (
      label: string,
      occurred: string,
      more: Partial<DataOf<'Discharged'>> = {},
      options: EntryOptions = {},
    ) => lived('Discharged', { stayId: stay(label), destination: 'usualResidence', ...more }, occurred, options),
  };
}

const plusMinutes = (words: string, minutes: number): Instant =>
  new Date(Date.parse(at(words)) + minutes * 60_000).toISOString();

/** Appends in order, builds the read models, and hands over rows as a request would read them. */
export async function projected<T>(history: readonly Entry[], look: (rows: Rows) => Promise<T>): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), 'read-models-'));
  const store = openMemoryEventStore();
  const reader = new ReadModelReader({ directory, log: store });
  try {
    for (const { stream, event } of history) await store.append(stream, 'any', [event]);
    await rebuild({ directory, reader: store, registry, readModels: pathwayReadModels, serve: true });
    await expectComplete(reader);
    return await look(reader);
  } finally {
    await reader.close();
    await store.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

async function expectComplete(reader: ReadModelReader): Promise<void> {
  const incomplete = await incompleteSubjects(reader);
  if (incomplete.length > 0)
    throw new Error(incomplete.map(({ readModel, error }) => `${readModel}: ${error}`).join('; '));
}
