import { randomUUID } from 'node:crypto';
import { deriveId, journeyStream, type NewEvent } from '#kernel';

/** Journeys over which appends fall at random. */
export const STREAMS = 50_000;

/** Names of journeys, and the revision each has reached. */
export interface Traffic {
  readonly names: readonly string[];
  readonly revisions: Int32Array;
}

export const newTraffic = (): Traffic => ({
  names: Array.from({ length: STREAMS }, (_, i) => journeyStream(deriveId('bench', i))),
  revisions: new Int32Array(STREAMS).fill(-1),
});

const person = randomUUID();

/** Of the size of most real events: some 650 bytes stored. */
export const benchEvent = (): NewEvent => ({
  eventId: randomUUID(),
  type: 'handoffAccepted',
  schemaVersion: 1,
  person,
  pilot: 'torbay',
  occurredAt: '2011-03-01T08:05:00.000Z',
  precision: 'minute',
  recordedAt: '2011-03-01T08:05:01.000Z',
  actor: {
    staff: 'staff-7',
    role: 'coordinator',
    organisation: 'torbay-care-trust',
    sector: 'community',
    pilot: 'torbay',
  },
  purpose: 'simulation',
  commandId: randomUUID(),
  commandHash: 'hmac:5f1c0a7716e34bbd9d2ab9f0d2a71a52',
  correlationId: randomUUID(),
  source: 'simulation:1',
  synthetic: true,
  data: { handoffId: randomUUID(), team: 'brixham-zone', takesEffect: 'atOnce' },
});
