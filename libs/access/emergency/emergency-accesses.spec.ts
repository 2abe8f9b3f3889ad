import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openMemoryEventStore, type EventStore } from '#event-store';
import { deriveId, fromMillis, hours, minutes, plus } from '#kernel';
import { AccessLog, type AccessBy } from '../log/access-log.js';
import type { ReviewOutcome } from '../log/emergency-events.js';
import { personaOf, type PersonaId } from '../personas.js';
import { EmergencyAccesses } from './emergency-accesses.js';
import { emergencyRuleAt, limitsOf } from './rules.js';

const [mrsSmith, herJourney] = [deriveId('test-person', 'smith'), deriveId('test-journey', 'smith')];
const staffOf = (persona: PersonaId) => personaOf(persona)!.actor.staff;
const by = (persona: PersonaId, purpose: AccessBy['purpose'] = 'emergency'): AccessBy => ({
  actor: personaOf(persona)!.actor,
  purpose,
  page: '/emergency-access/new',
  correlationId: 'request-1',
  source: 'web',
});

let store: EventStore;
let now: number;
let directory: string;
let accesses: EmergencyAccesses;
const clock = { now: () => fromMillis(now) };
const logOn = (node: string) => new AccessLog({ store, node, commandHash: () => 'hash', synthetic: true, clock });
const open = (file = 'emergency-access.db') => new EmergencyAccesses(join(directory, file), store);

/** Somebody of Brixham opens Mrs Smith's record, which Torbay holds. */
const opens = async (name: string, more: { journey?: string; pilot?: string; organisation?: string } = {}) => {
  const access = deriveId('test-access', name);
  const { journey = herJourney, pilot = 'torbay', organisation = 'torbay-care-trust' } = more;
  await logOn('a').emergency(by('coordinator-brixham'), {
    type: 'EmergencyAccessOpened',
    data: {
      page: '/emergency-access/new',
      access,
      journey,
      people: [mrsSmith],
      pilot,
      reason: 'lifeAtRisk',
      words: 'sealed:v1:AAAA',
      ...limitsOf(emergencyRuleAt('2026-11-25'), clock.now()),
      told: [{ team: 'torbay-north-zone', organisation }],
    },
  });
  return access;
};
const about = (access: string) => ({
  page: '/emergency-access/:access',
  access,
  journey: herJourney,
  people: [mrsSmith],
});
const reviews = (access: string, outcome: ReviewOutcome, persona: PersonaId = 'coordinator-torbay') =>
  logOn('b').emergency(by(persona, 'directCare'), {
    type: 'EmergencyAccessReviewed',
    data: { ...about(access), outcome },
  });
const inForce = (persona: PersonaId = 'coordinator-brixham', journey = herJourney) =>
  accesses.inForce(staffOf(persona), journey, clock.now());

beforeEach(() => {
  store = openMemoryEventStore();
  now = Date.parse('2026-11-25T10:05:00.000Z');
  directory = mkdtempSync(join(tmpdir(), 'throughcare-emergency-'));
  accesses = open();
});
afterEach(() => {
  accesses.close();
  rmSync(directory, { recursive: true });
});

describe('Emergency access', () => {
  it('is in force for whoever opened it, for that journey, from the moment it is written down', async () => {
    expect(await inForce()).toBeUndefined();
    const access = await opens('one');
    expect(await inForce()).toMatchObject({ access, person: mrsSmith, reason: 'lifeAtRisk', reviewBy: '2026-11-30' });
    expect(await inForce('coordinator-torbay')).toBeUndefined();
    expect(await inForce('coordinator-brixham', deriveId('another journey'))).toBeUndefined();
  });

  it('ends by itself when its time is over, and can be opened again', async () => {
    const access = await opens('one');
    now += hours(4) - 1;
    expect(await inForce()).toMatchObject({ access });
    now += 1;
    expect(await inForce()).toBeUndefined();
    const again = await opens('again');
    expect(await inForce()).toMatchObject({ access: again });
  });

  it('ends sooner where whoever opened it says so', async () => {
    const access = await opens('one');
    now += minutes(5);
    await logOn('a').emergency(by('coordinator-brixham'), { type: 'EmergencyAccessEnded', data: about(access) });
    expect(await inForce()).toBeUndefined();
    expect(await accesses.one(access)).toMatchObject({ endedAt: clock.now() });
  });

  it('waits for a review, the oldest first, until somebody says whether it was justified', async () => {
    const torbay = { kind: 'organisation', organisation: 'torbay-care-trust' } as const;
    const waiting = async () => (await accesses.waiting(torbay)).map(({ access }) => access);
    const [first, second] = [await opens('first'), await opens('second')];
    expect(await waiting()).toEqual([first, second]);
    await reviews(first, 'needsFollowUp');
    expect(await waiting()).toEqual([first, second]);
    await reviews(first, 'justified', 'auditor');
    expect(await waiting()).toEqual([second]);
    const [done] = await accesses.reviewed(torbay, 50);
    expect(done?.reviews.map(({ outcome, role }) => [outcome, role])).toEqual([
      ['needsFollowUp', 'coordinator'],
      ['justified', 'auditor'],
    ]);
  });

  it('is listed for the organisation that was told, for the pilot and for the auditor', async () => {
    await opens('hers');
    await opens('elsewhere', { pilot: 'cumbria', organisation: 'cumbria-pct', journey: deriveId('j') });
    const count = async (scope: Parameters<EmergencyAccesses['waiting']>[0]) => (await accesses.waiting(scope)).length;
    expect(await count({ kind: 'organisation', organisation: 'torbay-care-trust' })).toBe(1);
    expect(await count({ kind: 'organisation', organisation: 'brixham-home-care' })).toBe(0);
    expect(await count({ kind: 'pilot', pilot: 'cumbria' })).toBe(1);
    expect(await count({ kind: 'all' })).toBe(2);
    expect(await accesses.ofJourney(herJourney)).toHaveLength(1);
  });

  it('counts what was shown under it', async () => {
    const access = await opens('one');
    const served = { readModel: 'person-record', version: 1, ordinal: 12 };
    const view = { ...by('coordinator-brixham'), people: [mrsSmith], shown: 'identified', served } as const;
    await logOn('a').viewed({ ...view, emergency: access });
    await logOn('b').viewed({ ...view, emergency: access });
    await logOn('b').viewed(view);
    expect(await accesses.one(access)).toMatchObject({ views: 2 });
  });

  it('survives a restart, and is there again where its file was deleted, because the access log has it', async () => {
    const access = await opens('one');
    expect(await inForce()).toMatchObject({ access });
    await reviews(await opens('two'), 'notJustified');
    accesses.close();
    accesses = open();
    const before = await accesses.waiting({ kind: 'all' });
    expect(before).toHaveLength(1);
    const again = open('again.db');
    expect(await again.waiting({ kind: 'all' })).toEqual(before);
    expect(await again.reviewed({ kind: 'all' }, 50)).toEqual(await accesses.reviewed({ kind: 'all' }, 50));
    again.close();
  });

  it('written down twice is one, by its first account', async () => {
    const access = await opens('one');
    const until = plus(clock.now(), hours(4));
    now += minutes(30);
    await opens('one');
    expect(await accesses.waiting({ kind: 'all' })).toHaveLength(1);
    expect(await accesses.one(access)).toMatchObject({ until });
  });
});
