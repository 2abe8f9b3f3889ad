/** Who brings the lists in PostgreSQL up to date, and how far. */
import type { Ask } from '#database';
import type { EventReader } from '#event-store';
import { lookAtReadModels, type ProjectorLook, type ReadModelsLook } from '#projections';
import { counted, type Findings } from './findings.js';

/** Counted so far, by reading on from where the lists stand. */
const MOST_COUNTED = 10_000;
const AT_ONCE = 1_000;

export async function examineReadModels(ask: Ask, log: EventReader, findings: Findings): Promise<void> {
  let look: ReadModelsLook;
  try {
    look = await lookAtReadModels(ask, {}, log);
  } catch (error) {
    return findings.add('read models', false, (error as Error).message);
  }
  const { projector, served } = look;
  if (!served && !projector) return findings.add('read models', true, 'none yet; the first projector builds them');
  await findings.check('projector', () => atWork(projector));
  await findings.check('read models', () => stand(served, log));
}

function atWork(projector: ProjectorLook | undefined): string {
  if (!projector) throw new Error('none is at work: lists and figures stand still. Start a process with the role projector');
  const { process: name, address, since } = projector;
  return `${name || 'a process of another user'}${address ? ` at ${address}` : ''} works${since ? `, connected since ${since.toISOString().slice(0, 19)}Z` : ''}`;
}

async function stand(served: ReadModelsLook['served'], log: EventReader): Promise<string> {
  if (!served) return 'being built for the first time';
  const { generation, isOfThisLog, ordinal, position, stopped, incomplete } = served;
  if (!isOfThisLog) {
    throw new Error('are those of another log: give each store a database of its own, or drop the schemas whose names begin with read_models');
  }
  if (stopped !== undefined) throw new Error(`stand still at event ${counted(ordinal)}: ${stopped}. Start the release that wrote it`);
  if (incomplete > 0) throw new Error(`${counted(incomplete)} records could not be read in full: see /status, install the fix and start again`);
  const behind = await eventsAfter(log, position, ordinal);
  return `up to event ${counted(ordinal)}, ${behind} behind, in ${generation}`;
}

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
