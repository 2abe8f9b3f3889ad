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
 * stream has since, and append. Through the executor, without HTTP, which `commands-1m` measures.
 */
export async function measureCommands({ servers, dataDir, scratch }: Omit<ClusterQuestion, 'what'>): Promise<Figure> {
  const parts = (await partsIn(dataDir)).filter((part) => teamOf(part)).slice(0, CALLERS * EACH);
  const each = Math.floor(parts.length / CALLERS);
  const engine = await openEngine({ ...servers, dataDir: scratch, keysDir: join(dataDir, 'keys'), project: false });
  const bare = new BareClient(servers.eventStoreDb);
  const turn = new Uint32Array(CALLERS);
  const ofCaller = (caller: number): number => caller * each + (turn[caller]!++ % each);
  const revisions = new Int32Array(parts.length).fill(-1);
  const contacts = parts.map(contactOn);
  const ours = (caller: number) => contacts[ofCaller(caller)]!(engine);
  const theirs = async (caller: number) => {
    const index = ofCaller(caller);
    const [stream, revision] = [`bare-${journeyStream(parts[index]!.journey)}`, revisions[index]!];
    if (revision >= 0) await bare.readStream(stream, revision + 1);
    await bare.append(stream, revision < 0 ? 'none' : revision, [benchEvent()]);
    revisions[index] = revision + 1;
  };
  try {
    const first = await paceOf({ calls: parts.length }, ours);
    await paceOf({ calls: parts.length }, theirs);
    const rounds: { readonly ours: Pace; readonly bare: Pace }[] = [];
    for (let i = 0; i < ROUNDS; i++) {
      rounds.push({ bare: await paceOf({ calls: CALLS }, theirs), ours: await paceOf({ calls: CALLS }, ours) });
    }
    const middle = (side: keyof (typeof rounds)[number], what: keyof Pace) => median(rounds.map((round) => round[side][what]));
    return figure(middle('ours', 'perSecond'), middle('bare', 'perSecond'), 'commands/s', {
      callers: CALLERS,
      journeys: parts.length,
      rounds: rounds.map(({ ours: { perSecond }, bare }) => `${Math.round(perSecond)}/${Math.round(bare.perSecond)}`).join(' '),
      processorMicros: Math.round(middle('ours', 'processor')),
      bareProcessorMicros: Math.round(middle('bare', 'processor')),
      firstTimePerSecond: Math.round(first.perSecond),
      firstTimeProcessorMicros: Math.round(first.processor),
    });
  } finally {
    await Promise.all([engine.close(), bare.close()]);
  }
}

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
