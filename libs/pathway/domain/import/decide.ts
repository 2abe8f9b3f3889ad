import { effectiveHistory, refuse, type Decision, type DomainEvent, type Instant, type RecordedEvent, type Sector } from '#kernel';
import type { admissionMethods, contactModes, dischargeDestinations } from '../codes.js';
import type { Context } from '../context.js';
import { given, happened } from '../event.js';
import { asMade } from '../entry/together.js';
import { happenedByNow, unless } from '../policies.js';
import { pathwayRegistry } from '../record/fold.js';
import type { PersonRecord } from '../record/state.js';
import { asItStands, corrected, together } from './change.js';

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

const ofPerson = ({ personId }: PersonRecord, { recorded }: Context): readonly RecordedEvent[] =>
  recorded.filter(({ person }) => person === personId);

/** A source that goes on telling of it as somebody else's does not bring it back (scenario 10). */
const wasMoved = (source: string, { movedOut }: PersonRecord, { recorded }: Context): boolean =>
  movedOut.some(({ entries }) =>
    recorded.some((event) => {
      const { stayId, contact, attendance, plan } = asMade(event).data as Sourced;
      return entries.includes(event.eventId) && [stayId, contact, attendance, plan].includes(source);
    }),
  );

interface Sourced {
  readonly stayId?: string;
  readonly contact?: string;
  readonly attendance?: string;
  readonly plan?: string;
}

const elsewhere = refuse(
  'moved-elsewhere',
  'That was moved to the record of somebody else: put it right there.',
);

/** Takes in what another system says of a person's care. Said again it adds nothing; said otherwise it corrects. */
export const recordEncounter = (command: RecordEncounter, record: PersonRecord, context: Context): Decision =>
  unless({ record, context }, [happenedByNow], () => {
    if (command.endedAt !== undefined && command.endedAt < context.occurredAt) {
      return refuse('ended-before-start', 'It cannot end before it begins.');
    }
    const effective = effectiveHistory(ofPerson(record, context), pathwayRegistry);
    const told = toldBy(command, context).map((one) => ({
      ...one,
      before: asItStands(effective, one.event.type, one.id, command.encounterId),
    }));
    if (told.every(({ before }) => !before) && wasMoved(command.encounterId, record, context)) return elsewhere;
    return together(
      told.map(({ before, event, at }) =>
        before ? corrected(before, { occurredAt: at, data: event.data }, context.now) : [event],
      ),
    );
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
    const before = asItStands(effectiveHistory(ofPerson(record, context), pathwayRegistry), 'CarePlanAgreed', 'plan', plan);
    if (!before && wasMoved(plan, record, context)) return elsewhere;
    return before ? corrected(before, { occurredAt: context.occurredAt, data: agreed.data }, context.now) : [agreed];
  });
