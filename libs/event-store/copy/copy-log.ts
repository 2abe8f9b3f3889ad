import { asGiven, type RecordedEvent } from '#kernel';
import { appendInTurn } from '../append-in-turn.js';
import { storedJson } from '../event-json.js';
import type { EventReader, EventStore, Position, Run } from '../port.js';
import { canonicalEvent, LogChecksum } from '../log-checksum.js';
import { eventsUntil, runsOf, slicesUntil } from './runs.js';
import { targetSum, type TargetSum } from './target-sum.js';

export interface CopyProgress {
  readonly doing: 'comparing' | 'copying' | 'proving';
  readonly events: number;
  /** Where the source counts. */
  readonly total: number | undefined;
}

export interface Copied {
  /** Events of the source up to its head as the copy began; the target holds as many. */
  readonly events: number;
  readonly added: number;
  readonly alreadyThere: number;
  readonly checksums: { readonly from: string; readonly to: string };
}

/** The target does not hold the beginning of what the source holds: nothing is added to it. */
export class OtherHistoryError extends Error {
  constructor(readonly ordinal: number, what: string) {
    super(`the target holds another history: event ${ordinal} ${what}`);
  }
}

/**
 * Copies a whole log, up to the head it has now, into a store that is empty or holds its beginning. Ids, order, both
 * clocks, revisions and ordinals stay. What was written is read back: the two checksums are of what lies in each.
 * @throws OtherHistoryError; StoreUnavailableError, after which the same call goes on where this one ended
 */
export async function copyLog(
  from: EventReader, to: EventStore, onProgress: (progress: CopyProgress) => void = () => undefined,
): Promise<Copied> {
  const head = await from.head();
  const sums = { from: new LogChecksum(), to: targetSum(to) };
  const at = (doing: CopyProgress['doing'], events: number) => onProgress({ doing, events, total: head.ordinal });
  try {
    const last = await compare(from, to, head.position, sums, (events) => at('comparing', events));
    const alreadyThere = sums.from.events;

    const missing = runsOf(slicesUntil(from, head.position, last), ({ ordinal, revision }, json) =>
      sums.from.add(ordinal, storedJson(json, revision)));
    await appendInOrder(to, missing, (appended) => {
      sums.to.reached(alreadyThere + appended);
      at('copying', alreadyThere + appended);
    });

    const { checksum } = await sums.to.end((events) => at('proving', events));
    const { events } = sums.from;
    return { events, added: events - alreadyThere, alreadyThere, checksums: { from: sums.from.digest(), to: checksum } };
  } finally {
    await sums.to.close();
  }
}

/** Walks through both as far as the target goes. @returns the last event of the source that is there. @throws OtherHistoryError */
async function compare(
  from: EventReader, to: EventReader, until: Position | undefined,
  sums: { readonly from: LogChecksum; readonly to: TargetSum }, onProgress: (events: number) => void,
): Promise<RecordedEvent | undefined> {
  const { position: end } = await to.head();
  const source = eventsUntil(from, until);
  let last: RecordedEvent | undefined;
  for await (const there of eventsUntil(to, end)) {
    const given = (await source.next()).value;
    if (!given) throw new OtherHistoryError(there.ordinal, `(${there.type}) is not in the source`);
    const [wanted, found] = [canonicalEvent(given), canonicalEvent(there)];
    if (wanted !== found || given.ordinal !== there.ordinal) {
      throw new OtherHistoryError(there.ordinal, `is ${there.type} ${there.eventId}, in the source ${given.type} ${given.eventId}`);
    }
    sums.from.add(given.ordinal, wanted);
    sums.to.found(there, found);
    last = given;
    onProgress(sums.from.events);
  }
  await source.return();
  return last;
}

const appendInOrder = (to: EventStore, runs: AsyncIterable<Run>, onAppended: (events: number) => void): Promise<void> =>
  to.appendInOrder
    ? to.appendInOrder(runs, onAppended)
    : appendInTurn(async ({ stream, expected, events }) => {
        await to.append(stream, expected, events.map(asGiven));
        return events.length;
      }, runs, onAppended);
