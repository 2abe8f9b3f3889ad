import type { ReadModel, Row, Table } from '#projections';
import { pathwayEvents } from '../../domain/events.js';
import { isOpen } from '../../domain/handoff/state.js';
import { recordFold } from '../../domain/record/fold.js';
import type { Journey, PersonRecord } from '../../domain/record/state.js';
import { isAlarmed } from '../../domain/responsibility/responsibility.js';
import type { Period } from '../../domain/responsibility/state.js';
import { learnedAt, openStay, standingOf, type StandingNow } from '../standing.js';
import { partsOf } from './parts.js';

export const journeyStatuses = ['referred', 'declined', 'active', 'paused', 'closed', 'died', 'movedAway'] as const;
export type JourneyStatus = (typeof journeyStatuses)[number];

/** One row a journey. Moments are instants, null where there is none. */
export const journeys = {
  name: 'journey',
  columns: {
    journey: 'text',
    person: 'text',
    pilot: 'text',
    pathway: 'text',
    definition_version: 'integer',
    status: 'text',
    urgency: 'text',
    /** `team`, `nobody` or `ended`, as of the last event; later ones are found from `next_change_at` on. */
    responsible: 'text',
    responsible_team: 'text',
    responsible_organisation: 'text',
    responsible_sector: 'text',
    responsible_since: 'text',
    /** When that was written down, or became so where it was known before. */
    responsible_learned_at: 'text',
    /** The team that held before, where another or nobody holds now. */
    before_team: 'text',
    before_organisation: 'text',
    /** By what the team holds, why nobody does, or why it ended. */
    responsible_because: 'text',
    /** 1 where it rests on a telephone answer that the other party has not confirmed. */
    unconfirmed: 'integer',
    disputed: 'integer',
    /** 1 where nobody is responsible and somebody should be. */
    alarmed: 'integer',
    last_held_team: 'text',
    returns_to_team: 'text',
    returns_to_organisation: 'text',
    /** When an acceptance takes effect that was given for a later time, and who is responsible then. */
    next_change_at: 'text',
    next_team: 'text',
    next_organisation: 'text',
    key_worker: 'text',
    referred_at: 'text',
    started_at: 'text',
    paused_at: 'text',
    closed_at: 'text',
    died_at: 'text',
    open_handoffs: 'integer',
    /** The hospital stay that has not ended. */
    stay: 'text',
    hospital: 'text',
    admitted_at: 'text',
    ready_at: 'text',
    last_discharged_at: 'text',
    last_event: 'text',
    last_type: 'text',
    last_at: 'text',
    last_recorded_at: 'text',
    synthetic: 'integer',
  },
  learned: ['last_recorded_at', 'responsible_learned_at'],
  key: ['journey'],
  indexes: [
    ['person'],
    ['pilot', 'status', 'alarmed'],
    ['responsible_team', 'key_worker'],
    ['key_worker', 'responsible_organisation', 'journey'],
    ['responsible_team', 'responsible_learned_at', 'journey'],
    [
      'responsible_team',
      'responsible_organisation',
      'status',
      'responsible_since',
      'journey',
      'next_change_at',
      'next_team',
    ],
    ['before_team', 'responsible_learned_at', 'journey'],
  ],
  history: 'latest',
} as const satisfies Table;

/** Organisations that have a part in a journey: nobody else sees it (DESIGN 7). */
export const journeyParts = {
  name: 'journey_part',
  columns: { journey: 'text', organisation: 'text', part: 'text' },
  key: ['journey', 'organisation'],
  indexes: [['organisation', 'journey']],
  history: 'latest',
} as const satisfies Table;

function statusOf({ death }: PersonRecord, { referral, closed, paused }: Journey): JourneyStatus {
  if (!referral) return 'movedAway';
  if (closed && !(death && death.at < closed.at)) return 'closed';
  if (death) return 'died';
  if (referral.status !== 'accepted') return referral.status === 'made' ? 'referred' : 'declined';
  return paused ? 'paused' : 'active';
}

function responsibleColumns(period: Period | undefined): Row {
  const team = period?.kind === 'team' ? period.team : undefined;
  const nobody = period?.kind === 'nobody' ? period : undefined;
  const returnsTo = period?.kind === 'ended' ? undefined : period?.returnsTo;
  return {
    responsible: period?.kind ?? null,
    responsible_team: team?.team ?? null,
    responsible_organisation: team?.organisation ?? null,
    responsible_sector: team?.sector ?? null,
    responsible_since: period?.since ?? null,
    responsible_because: period ? (period.kind === 'team' ? period.because : period.why) : null,
    unconfirmed: period?.kind === 'team' && period.unconfirmed ? 1 : 0,
    disputed: period?.kind === 'team' && period.disputed ? 1 : 0,
    alarmed: period && isAlarmed(period) ? 1 : 0,
    last_held_team: nobody?.lastHeldBy?.team ?? null,
    returns_to_team: returnsTo?.team ?? null,
    returns_to_organisation: returnsTo?.organisation ?? null,
    key_worker: (period?.kind === 'team' && period.keyWorker) || null,
  };
}

function rowOf(record: PersonRecord, journey: Journey, { responsible, next, before }: StandingNow): Row {
  const { referral, closed, paused, last } = journey;
  const stay = openStay(record);
  const spell = stay?.ready.at(-1);
  const nextTeam = next?.kind === 'team' ? next.team : undefined;
  return {
    journey: journey.journeyId,
    person: record.personId,
    pilot: journey.pilot ?? null,
    pathway: journey.pathway,
    definition_version: journey.definitionVersion,
    status: statusOf(record, journey),
    urgency: referral?.urgency ?? null,
    ...responsibleColumns(responsible),
    responsible_learned_at: responsible ? learnedAt(record, journey, responsible.since) : null,
    before_team: before?.team ?? null,
    before_organisation: before?.organisation ?? null,
    next_change_at: next?.from ?? null,
    next_team: nextTeam?.team ?? null,
    next_organisation: nextTeam?.organisation ?? null,
    referred_at: referral?.made.at ?? null,
    started_at: referral?.accepted?.at ?? null,
    paused_at: paused?.at ?? null,
    closed_at: closed?.at ?? null,
    died_at: record.death?.at ?? null,
    open_handoffs: journey.handoffs.filter(isOpen).length,
    stay: stay?.stayId ?? null,
    hospital: stay ? (stay.moves.at(-1)?.hospital ?? stay.hospital) : null,
    admitted_at: stay?.admitted.at ?? null,
    ready_at: spell && !spell.withdrawn ? spell.declared.at : null,
    last_discharged_at: record.stays.findLast(({ discharged }) => discharged)?.discharged?.at ?? null,
    last_event: last.eventId,
    last_type: last.type,
    last_at: last.at,
    last_recorded_at: last.recordedAt,
    synthetic: journey.synthetic ? 1 : 0,
  };
}

export const journeysModel: ReadModel<PersonRecord> = {
  name: 'journeys',
  version: 2,
  subject: 'person',
  affectedBy: pathwayEvents.map(({ type }) => type),
  fold: recordFold,
  tables: [journeys, journeyParts],
  rows: (record) => {
    const all = Object.values(record.journeys).map((journey) => ({ journey, standing: standingOf(record, journey) }));
    return {
      journey: all.map(({ journey, standing }) => rowOf(record, journey, standing)),
      journey_part: all.flatMap(({ journey, standing }) => partsOf(record, journey, standing.periods)),
    };
  },
};
