import type { Decision } from '#kernel';
import type { placesOfDeath } from '../codes.js';
import type { Context } from '../context.js';
import { happened } from '../event.js';
import { happenedByNow, unless } from '../policies.js';
import type { PersonRecord } from '../record/state.js';
import { latestEntry } from '../stay/evolve.js';
import { currentStay } from '../responsibility/hospital.js';

export interface RecordDeath {
  readonly place: (typeof placesOfDeath)[number];
}

/** Open offers stop and responsibility ends wherever the person was known; a stay ends with a death in hospital. */
export const recordDeath = (command: RecordDeath, record: PersonRecord, context: Context): Decision =>
  unless({ record, context }, [happenedByNow], () => {
    if (record.death) return [];
    const died = happened('PersonDied', { place: command.place });
    const stay = command.place === 'hospital' ? currentStay(record, context.occurredAt) : undefined;
    // Entries of after the death contradict it: they are put right first, and the stay ended then.
    return stay && !stay.discharged && latestEntry(stay) <= context.occurredAt
      ? [happened('Discharged', { stayId: stay.stayId, destination: 'died' }), died]
      : [died];
  });
