import type { Decision, Instant } from '#kernel';
import type { placesOfDeath } from '../codes.js';
import type { Context } from '../context.js';
import { happened } from '../event.js';
import { happenedByNow, unless } from '../policies.js';
import type { PersonRecord, Stay } from '../record/state.js';
import { latestEntry } from '../stay/evolve.js';
import { currentStay } from '../responsibility/hospital.js';

export interface RecordDeath {
  readonly place: (typeof placesOfDeath)[number];
}

/** A death in hospital ends the stay. Entries of after it contradict it: they are put right first, and the stay ended then. */
export function stayEndedBy(death: RecordDeath & { readonly at: Instant }, record: PersonRecord): Stay | undefined {
  const stay = death.place === 'hospital' ? currentStay(record, death.at) : undefined;
  return stay && !stay.discharged && latestEntry(stay) <= death.at ? stay : undefined;
}

/** Open offers stop and responsibility ends wherever the person was known; a stay ends with a death in hospital. */
export const recordDeath = (command: RecordDeath, record: PersonRecord, context: Context): Decision =>
  unless({ record, context }, [happenedByNow], () => {
    if (record.death) return [];
    const died = happened('PersonDied', { place: command.place });
    const stay = stayEndedBy({ place: command.place, at: context.occurredAt }, record);
    return stay
      ? [happened('Discharged', { stayId: stay.stayId, destination: 'died' }), died]
      : [died];
  });
