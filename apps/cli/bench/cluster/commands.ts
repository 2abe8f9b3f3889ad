import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { commandFrom } from '#commands';
import { deriveId, journeyStream } from '#kernel';
import { BareClient } from '../../../../libs/event-store/bench/bare-client.js';
import { benchEvent } from '../../../../libs/event-store/bench/traffic.js';
import { RecordContact } from '../../../../libs/pathway/use-cases/record-contact/record-contact.js';
import { openEngine, type Engine } from '../../../server/engine.js';
import { figure, median, type Figure } from '../figure.js';
import { partsIn, teamOf, type Part } from '../parts.js';
import { CALLERS, paceOf, type Pace } from './callers.js';
import type { ClusterQuestion } from './cluster-process.js';

const EACH = 8;
const ROUNDS = 5;
const CALLS = 3_000;

/**
 * Contacts recorded on journeys that were read before, beside what the client alone would do for each: read what the
 * stream has since, and append. Through the executor, without HTTP, which `commands-1m` measures. Told beside it: the
 * first contact on a journey, which this process has not read, and the client reading as much and appending.
 */
export async function measureCommands({ servers, dataDir, scratch }: Omit<ClusterQuestion, 'what'>): Promise<Figure> {
  const parts = (await partsIn(dataDir)).filter((part) => teamOf(part)).slice(0, CALLERS * EACH * 3);
  const each = Math.floor(parts.length / CALLERS / 3);
  const engine = await openEngine({ ...servers, dataDir: scratch, keysDir: join(dataDir, 'keys'), project: false });
  const bare = new BareClient(servers.eventStoreDb);
  // The first third is for the code to be warm, the second becomes known to our side, the third to the client.
  const inThird = (third: number, at: number): number => third * CALLERS * each + at;
  const eachOf = (third: number): Choice => {
    let next = 0;
    return () => inThird(third, next++);
  };
  const roundIn = (third: number): Choice => {
    const turn = new Uint32Array(CALLERS);
    return (caller) => inThird(third, caller * each + (turn[caller]!++ % each));
  };
  const revisions = new Int32Array(parts.length).fill(-1);
  const contacts = parts.map(contactOn);
  const contact = (choice: Choice) => (caller: number) => contacts[choice(caller)]!(engine);
  const bareContact = (choice: Choice) => async (caller: number) => {
    const index = choice(caller);
    const [stream, revision] = [`bare-${journeyStream(parts[index]!.journey)}`, revisions[index]!];
    await bare.readStream(stream, revision + 1);
    await bare.append(stream, revision, [benchEvent()]);
    revisions[index] = revision + 1;
  };
  const bareFirst = (choice: Choice) => async (caller: number) => {
    const index = choice(caller);
    const stream = journeyStream(parts[index]!.journey);
    await bare.readStream(stream, 0);
    await bare.append(`bare-${stream}`, 'none', [benchEvent()]);
    revisions[index] = 0;
  };
  try {
    const once = { calls: each * CALLERS };
    await paceOf(once, contact(eachOf(0)));
    const [firstOurs, firstBare] = [await paceOf(once, contact(eachOf(1))), await paceOf(once, bareFirst(eachOf(2)))];
    const [ours, theirs] = [contact(roundIn(1)), bareContact(roundIn(2))];
    const rounds: { readonly ours: Pace; readonly bare: Pace }[] = [];
    for (let i = 0; i < ROUNDS; i++) {
      rounds.push({ bare: await paceOf({ calls: CALLS }, theirs), ours: await paceOf({ calls: CALLS }, ours) });
    }
    const [our, their] = [middle(rounds.map((round) => round.ours)), middle(rounds.map((round) => round.bare))];
    return figure(our.perSecond, their.perSecond, 'commands/s', {
      callers: CALLERS,
      journeys: each * CALLERS,
      rounds: rounds.map(({ ours: one, bare: other }) => beside(one, other, 'perSecond')).join(' '),
      processorMicros: beside(our, their, 'processor'),
      firstTimePerSecond: beside(firstOurs, firstBare, 'perSecond'),
      firstTimeProcessorMicros: beside(firstOurs, firstBare, 'processor'),
    });
  } finally {
    await Promise.all([engine.close(), bare.close()]);
  }
}

/** Of a caller, the index of the journey on which it works next. */
type Choice = (caller: number) => number;

const middle = (paces: readonly Pace[]): Pace => ({
  perSecond: median(paces.map(({ perSecond }) => perSecond)), processor: median(paces.map(({ processor }) => processor)),
});

/** Ours and the client's. */
const beside = (ours: Pace, bare: Pace, what: keyof Pace): string => `${Math.round(ours[what])}/${Math.round(bare[what])}`;

/** What is the same in every contact on one journey is made once: it is no part of what is measured. */
function contactOn({ journey, organisation, pilot }: Part) {
  const team = teamOf({ organisation, pilot })!;
  const staff = `staff-${deriveId('bench-staff', team.id).slice(0, 8)}`;
  const meta = {
    purpose: 'simulation', source: 'bench:cluster', teams: [team.id],
    actor: { staff, role: 'coordinator', organisation, sector: team.sector, pilot },
  } as const;
  return async ({ executor }: Engine): Promise<void> => {
    const command = commandFrom(RecordContact, { journeyId: journey, team: team.id, mode: 'visit' });
    await executor.execute(command, { ...meta, commandId: randomUUID() });
  };
}
