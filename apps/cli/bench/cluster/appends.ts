import { openEventStoreDb } from '#event-store';
import { BareClient } from '../../../../libs/event-store/bench/bare-client.js';
import { benchEvent, newTraffic } from '../../../../libs/event-store/bench/traffic.js';
import { figure, median, type Figure } from '../figure.js';
import { CALLERS, callsPerSecond } from './callers.js';
import type { ClusterQuestion } from './cluster-process.js';

/** Journeys of each caller. */
const EACH = 8;
const ROUNDS = 5;
const CALLS = 4_000;

type Append = (stream: string, expected: number | 'none') => Promise<unknown>;

/**
 * One event an append, at exact revisions, as after the read that every command makes. The first append to a journey that
 * this process has not read is told beside it: our adapter reads first whether the ids are there already.
 */
export async function measureAppends({ servers }: Omit<ClusterQuestion, 'what'>): Promise<Figure> {
  const store = await openEventStoreDb(servers.eventStoreDb);
  const bare = new BareClient(servers.eventStoreDb);
  const ours = traffic((stream, expected) => store.append(stream, expected, [benchEvent()]));
  const theirs = traffic((stream, expected) => bare.append(`bare-${stream}`, expected, [benchEvent()]));
  try {
    const [bareFirst, ourFirst] = [await theirs.first(), await ours.first()];
    const rounds: { readonly ours: number; readonly bare: number }[] = [];
    for (let i = 0; i < ROUNDS; i++) rounds.push({ bare: await theirs.round(), ours: await ours.round() });
    return figure(median(rounds.map((round) => round.ours)), median(rounds.map((round) => round.bare)), 'events/s', {
      callers: CALLERS,
      rounds: rounds.map((round) => `${Math.round(round.ours)}/${Math.round(round.bare)}`).join(' '),
      firstTime: `${Math.round(ourFirst)}/${Math.round(bareFirst)}`,
    });
  } finally {
    await Promise.all([store.close(), bare.close()]);
  }
}

/** Each caller goes round its own journeys. */
function traffic(append: Append) {
  const { names, revisions } = newTraffic();
  const turn = new Uint32Array(CALLERS);
  const call = async (caller: number): Promise<void> => {
    const index = caller * EACH + (turn[caller]!++ % EACH);
    const revision = revisions[index]!;
    await append(names[index]!, revision < 0 ? 'none' : revision);
    revisions[index] = revision + 1;
  };
  return {
    first: () => callsPerSecond({ calls: CALLERS * EACH }, call),
    round: () => callsPerSecond({ calls: CALLS }, call),
  };
}
