/** EventStoreDB: each node by itself, what they are together, and the log as the product reads it. */
import { lookAtNodes, openEventStoreDb, type EventStoreDbAddress, type NodeAnswered, type NodeLook } from '#event-store';
import { logTrouble, nodeTrouble } from '../../server/reach/event-store-trouble.js';
import type { Findings } from './findings.js';

const DAY = 24 * 3_600_000;
/** A certificate that ends sooner is said to be in need of another. */
const SOON = 14 * DAY;

/** So long may nodes take to elect one of them, milliseconds. */
const PATIENCE = 10_000;

/** @returns whether the log can be read */
export async function examineEventStore(address: EventStoreDbAddress, findings: Findings): Promise<boolean> {
  const looks = await lookAtNodes(address);
  for (const look of looks) {
    await findings.check(`EventStoreDB ${look.node}`, () => {
      const trouble = nodeTrouble(look);
      if (trouble || look.trouble !== undefined) throw new Error(trouble?.says ?? '');
      return inWords(look);
    });
  }
  const isOneName = address.connectionString.startsWith('esdb+discover:');
  await findings.check('EventStoreDB', () => (isOneName ? behindOneName(looks) : together(looks)));
  if (looks.every(({ trouble }) => trouble !== undefined)) return false;
  return findings.check('log', () => asTheProductReads(address));
}

function inWords({ state, version, secure, certificateUntil }: NodeAnswered): string {
  const left = certificateUntil === undefined ? Infinity : certificateUntil.getTime() - Date.now();
  const until = certificateUntil?.toISOString().slice(0, 10);
  if (left < SOON) throw new Error(`its certificate ends on ${until}: give it another, or nobody can connect from then on`);
  return `${state === 'leader' ? 'leads' : 'follows'}, version ${version}, ${secure ? `TLS, certificate until ${until}` : 'without TLS, which is for tests'}`;
}

/** Which of them answered is the network's choice. */
function behindOneName([look]: readonly NodeLook[]): string {
  if (!look || look.trouble !== undefined) throw new Error('no node can be asked: nothing can be recorded');
  return `${look.alive ?? 'some'} nodes behind one name, of which one was asked`;
}

/** One leads, a majority is there, and the address names all of them. */
export function together(looks: readonly NodeLook[]): string {
  const there = looks.filter((look): look is NodeAnswered => look.trouble === undefined);
  const named = looks.length;
  if (there.length === 0) throw new Error('no node can be asked: nothing can be recorded');
  const alive = Math.max(...there.map((look) => look.alive ?? 0));
  if (alive > named) throw new Error(`the cluster has ${alive} nodes and EVENTSTOREDB_URL names ${named}: name them all, or a leader may not be found`);
  const leaders = there.filter(({ state }) => state === 'leader').length;
  if (leaders === 0) throw new Error('none of the nodes leads: nothing can be recorded until more than half of them have found one another and elected');
  if (leaders > 1) throw new Error(`${leaders} nodes say that they lead: one of them does not know yet that it was deposed; ask again in a moment`);
  const away = named - there.length;
  if (away > 0) throw new Error(`${away} of ${named} nodes ${away === 1 ? 'is' : 'are'} away: ${without(there.length, named)}`);
  return named === 1 ? 'one node, which leads' : `${named} nodes, one of which leads`;
}

function without(there: number, named: number): string {
  if (there <= named / 2) return 'nothing can be recorded until more than half are there';
  return `what is recorded is kept, and ${there - 1 > named / 2 ? 'one more may go' : 'with one more nothing can be recorded'}`;
}

async function asTheProductReads(address: EventStoreDbAddress): Promise<string> {
  const store = await openEventStoreDb({ ...address, patience: PATIENCE });
  try {
    const { position } = await store.head();
    return `can be read${address.user === undefined ? '' : ` as ${address.user}`}; ${position === undefined ? 'it is empty' : 'it holds events'}`;
  } catch (error) {
    throw new Error(logTrouble(error).says, { cause: error });
  } finally {
    await store.close();
  }
}
