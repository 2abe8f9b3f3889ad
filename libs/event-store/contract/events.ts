import { randomUUID } from 'node:crypto';
import { deriveId, type NewEvent } from '#kernel';

export { asGiven } from '#kernel';

/** Messages 1, 2, 3 … of the tables in docs/event-store.md: the same number is the same event. */
export interface Messages {
  readonly stream: string;
  (...numbers: number[]): NewEvent[];
}

export function messages(prefix = 'journey'): Messages {
  const scope = randomUUID();
  const make = (...numbers: number[]) => numbers.map((n) => anEvent({ eventId: deriveId(scope, n), data: { n } }));
  return Object.assign(make, { stream: `${prefix}-${scope}` });
}

export const anEvent = (fields: Partial<NewEvent> = {}): NewEvent => ({
  eventId: randomUUID(),
  type: 'contractChecked',
  schemaVersion: 1,
  person: '1d1f0f6e-58c4-5a55-8d7f-1c8fd9d5b9a1',
  pilot: 'torbay',
  occurredAt: '2011-03-01T08:05:00.000Z',
  precision: 'minute',
  recordedAt: '2011-03-01T09:00:00.000Z',
  actor: {
    staff: 'staff-7',
    role: 'coordinator',
    organisation: 'torbay-care-trust',
    sector: 'community',
    pilot: 'torbay',
  },
  purpose: 'directCare',
  commandId: '0b7de1b4-35b2-5a40-a32f-93c4e4b7d3e7',
  commandHash: 'hmac:5f1c',
  correlationId: '0b7de1b4-35b2-5a40-a32f-93c4e4b7d3e7',
  source: 'contract',
  synthetic: true,
  data: {},
  ...fields,
});

export const idsOf = (events: readonly NewEvent[]): string[] => events.map((event) => event.eventId);
