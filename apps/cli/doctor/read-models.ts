/** Who brings the lists in PostgreSQL up to date, and how far. */
import type { Ask } from '#database';
import type { EventReader } from '#event-store';
import { lookAtReadModels, type ProjectorLook, type ReadModelsLook } from '#projections';
import { counted, type Findings } from './findings.js';

/** Counted so far, by reading on from where the lists stand. */
const MOST_COUNTED = 10_000;
const AT_ONCE = 1_000;

/** A batch takes milliseconds, and seconds where the machine is busy: a projector that took none in so long stands still. */
const LOOKS = 10;
const LOOK_EVERY = 1_000;

interface Sources {
  readonly ask: Ask;
  readonly log: EventReader;
  readonly pause: (ms: number) => Promise<unknown>;
}

type Served = NonNullable<ReadModelsLook['served']>;

export async function examineReadModels(from: Sources, findings: Findings): Promise<void> {
  let look: ReadModelsLook;
  try {
    look = await lookAtReadModels(from.ask, {}, from.log);
  } catch (error) {
    return findings.add('read models', false, (error as Error).message);
  }
  const { projector, served } = look;
  if (!served && !projector) return findings.add('read models', true, 'none yet; the first projector builds them');
  await findings.check('projector', () => atWork(projector));
  await findings.check('read models', () => (served ? stand(served, projector, from) : 'being built for the first time'));
}

function atWork(projector: ProjectorLook | undefined): string {
  if (!projector) throw new Error('none is at work: lists and figures stand still. Start a process with the role projector');
  const { since } = projector;
  return `${inWords(projector)} works${since ? `, connected since ${since.toISOString().slice(0, 19)}Z` : ''}`;
}

const inWords = ({ process: name, address }: ProjectorLook): string =>
  `${name || 'a process of another user'}${address ? ` at ${address}` : ''}`;

async function stand(served: Served, projector: ProjectorLook | undefined, from: Sources): Promise<string> {
  const { generation, isOfThisLog, ordinal, position, stopped, incomplete, isAlone } = served;
  if (!isOfThisLog) {
    throw new Error('are those of another log: give each store a database of its own, or drop the schemas whose names begin with read_models');
  }
  if (stopped !== undefined) throw new Error(`stand still at event ${counted(ordinal)}: ${stopped}. Start the release that wrote it`);
  if (incomplete > 0) throw new Error(`${counted(incomplete)} records could not be read in full: see /status, install the fix and start again`);
  const behind = await eventsAfter(from.log, position, ordinal);
  const says = `up to event ${counted(ordinal)}, ${behind} behind, in ${generation}`;
  if (behind === NONE || !projector || (await moves(served, from))) return says;
  if (!isAlone) return `${says}, while another generation is built or compared`;
  throw new Error(
    `stand still at event ${counted(ordinal)} while ${behind} wait: end ${inWords(projector)}, and start it again; a standby takes over what has gone, not what is slow`,
  );
}

/** Whether anything is taken in while one looks. */
async function moves({ generation, ordinal }: Served, { ask, log, pause }: Sources): Promise<boolean> {
  for (let looks = 0; looks < LOOKS; looks++) {
    await pause(LOOK_EVERY);
    const { served: now } = await lookAtReadModels(ask, {}, log);
    if (now?.generation !== generation || now.ordinal !== ordinal) return true;
  }
  return false;
}

const NONE = counted(0);

async function eventsAfter(log: EventReader, after: string | undefined, ordinal: number): Promise<string> {
  let at = after === undefined ? undefined : { after, afterOrdinal: ordinal };
  for (let count = 0; ; ) {
    const { events, next, atHead } = await log.readAll({ limit: AT_ONCE, ...at });
    count += events.length;
    if (atHead || next === undefined) return counted(count);
    if (count >= MOST_COUNTED) return `more than ${counted(MOST_COUNTED)}`;
    at = { after: next.position, afterOrdinal: next.ordinal };
  }
}
