import { latest, type Instant } from '#kernel';
import type { Handlers } from '../record/event.js';
import { markOf, originOf } from '../record/mark.js';
import type { PersonRecord, Stay } from '../record/state.js';

export const stayOf = (record: PersonRecord, stayId: string): Stay | undefined =>
  record.stays.find((stay) => stay.stayId === stayId);

function changeStay(record: PersonRecord, stayId: string, change: (stay: Stay) => Stay | undefined) {
  const index = record.stays.findIndex((stay) => stay.stayId === stayId);
  const changed = index < 0 ? undefined : change(record.stays[index]!);
  return changed && { ...record, stays: record.stays.with(index, changed) };
}

export const isReady = (stay: Stay): boolean => {
  const last = stay.ready.at(-1);
  return last !== undefined && !last.withdrawn;
};

/** The moment of the latest entry of a stay that still runs. */
export const latestEntry = ({ admitted, moves, ready }: Stay): Instant =>
  [admitted, ...moves, ...ready.flatMap(({ declared, withdrawn = declared }) => [declared, withdrawn])]
    .map(({ at }) => at)
    .reduce(latest);

export const stayHandlers: Handlers<PersonRecord> = {
  Admitted: (record, { stayId, method, hospital, ward }, event) =>
    stayOf(record, stayId)
      ? undefined
      : {
          ...record,
          stays: [
            ...record.stays,
            {
              stayId,
              origin: originOf(event),
              admitted: markOf(event),
              method,
              hospital,
              ...(ward && { ward }),
              moves: [],
              ready: [],
            },
          ],
        },

  Transferred: (record, { stayId, hospital, ward }, event) =>
    changeStay(record, stayId, (stay) =>
      stay.discharged
        ? undefined
        : { ...stay, moves: [...stay.moves, { ...markOf(event), hospital, ...(ward && { ward }) }] },
    ),

  ReadyForTransferDeclared: (record, { stayId }, event) =>
    changeStay(record, stayId, (stay) =>
      stay.discharged || isReady(stay) ? undefined : { ...stay, ready: [...stay.ready, { declared: markOf(event) }] },
    ),

  ReadinessWithdrawn: (record, { stayId }, event) =>
    changeStay(record, stayId, (stay) =>
      stay.discharged || !isReady(stay)
        ? undefined
        : { ...stay, ready: stay.ready.with(-1, { ...stay.ready.at(-1)!, withdrawn: markOf(event) }) },
    ),

  Discharged: (record, { stayId, ...discharge }, event) =>
    changeStay(record, stayId, (stay) =>
      stay.discharged ? undefined : { ...stay, discharged: { ...markOf(event), ...discharge } },
    ),
};
