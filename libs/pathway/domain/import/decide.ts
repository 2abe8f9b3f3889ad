import { effectiveHistory, refuse, type Decision, type DomainEvent, type Instant, type Sector } from '#kernel';
import type { admissionMethods, contactModes, dischargeDestinations } from '../codes.js';
import type { Context } from '../context.js';
import { given, happened } from '../event.js';
import { happenedByNow, unless } from '../policies.js';
import { pathwayRegistry } from '../record/fold.js';
import type { PersonRecord } from '../record/state.js';
import { asItStands, corrected } from './change.js';

export interface RecordEncounter {
  /** Derived from the source record's identity, so that a changed record finds what was taken in before. */
  readonly encounterId: string;
  /** AMB, EMER or IMP, as the source classes it. It began when the command occurred. */
  readonly class: 'AMB' | 'EMER' | 'IMP';
  readonly endedAt?: Instant;
  readonly sector?: Sector;
  readonly mode?: (typeof contactModes)[number];
  readonly kind?: string;
  readonly method?: (typeof admissionMethods)[number];
  readonly hospital?: string;
  readonly destination?: (typeof dischargeDestinations)[number];
}

/** One entry that the source tells of: which it is, when it occurred and what it says. */
interface Told {
  readonly id: string;
  readonly event: DomainEvent<string, Readonly<Record<string, unknown>>>;
  readonly at: Instant;
}

function toldBy(command: RecordEncounter, { occurredAt, precision }: Context): readonly Told[] {
  const { encounterId, endedAt, kind } = command;
  const began = { occurredAt, precision };
  switch (command.class) {
    case 'AMB':
      return [
        {
          id: 'contact',
          at: occurredAt,
          event: happened(
            'ContactRecorded',
            {
              contact: encounterId,
              sector: command.sector ?? 'primary',
              mode: command.mode ?? 'clinic',
              ...given({ endedAt, kind }),
            },
            began,
          ),
        },
      ];
    case 'EMER':
      return [
        {
          id: 'attendance',
          at: occurredAt,
          event: happened('EmergencyAttended', { attendance: encounterId, ...given({ departedAt: endedAt }) }, began),
        },
      ];
    case 'IMP': {
      const method = command.method ?? '99';
      const hospital = command.hospital ?? 'hospital-not-known';
      const admitted = happened('Admitted', { stayId: encounterId, method, hospital }, began);
      const left = happened(
        'Discharged',
        { stayId: encounterId, destination: command.destination ?? 'unknown' },
        { occurredAt: endedAt ?? occurredAt, precision },
      );
      return [
        { id: 'stayId', at: occurredAt, event: admitted },
        ...(endedAt === undefined ? [] : [{ id: 'stayId', at: endedAt, event: left }]),
      ];
    }
  }
}

/** A source that goes on telling of it as somebody else's does not bring it back (scenario 10). */
const wasMoved = ({ encounterId }: RecordEncounter, { movedOut }: PersonRecord, { recorded }: Context): boolean =>
  movedOut.some(({ entries }) =>
    recorded.some(({ eventId, data }) => entries.includes(eventId) && (data as { stayId?: string }).stayId === encounterId),
  );

/** Takes in what another system says of a person's care. Said again it adds nothing; said otherwise it corrects. */
export const recordEncounter = (command: RecordEncounter, record: PersonRecord, context: Context): Decision =>
  unless({ record, context }, [happenedByNow], () => {
    if (command.endedAt !== undefined && command.endedAt < context.occurredAt) {
      return refuse('ended-before-start', 'It cannot end before it begins.');
    }
    if (wasMoved(command, record, context))
      return refuse('moved-elsewhere', 'That stay was moved to the record of somebody else: put it right there.');
    const effective = effectiveHistory(context.recorded, pathwayRegistry);
    return toldBy(command, context).flatMap(({ id, event, at }) => {
      const before = asItStands(effective, event.type, id, command.encounterId);
      return before ? corrected(before, { occurredAt: at, data: event.data }, context.now) : [event];
    });
  });

export interface RecordCarePlan {
  /** Derived from the source record's identity. */
  readonly plan: string;
  readonly endedAt?: Instant;
  readonly kind?: string;
}

export const recordCarePlan = (command: RecordCarePlan, record: PersonRecord, context: Context): Decision =>
  unless({ record, context }, [happenedByNow], () => {
    const { plan, endedAt, kind } = command;
    const agreed = happened('CarePlanAgreed', { plan, ...given({ endedAt, kind }) });
    const before = asItStands(effectiveHistory(context.recorded, pathwayRegistry), 'CarePlanAgreed', 'plan', plan);
    return before ? corrected(before, { occurredAt: context.occurredAt, data: agreed.data }, context.now) : [agreed];
  });
