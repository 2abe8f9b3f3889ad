import type { Rebuilt, Resident } from '#projections';
import { figure, median, type Bench } from './figure.js';
import { inProcess } from './processes.js';
import { programmeStore } from './programme-store.js';

export interface RebuildQuestion {
  readonly dataDir: string;
  readonly what: 'reading' | 'rebuild';
}

const ROUNDS = 3;

/** Every read model from the whole log, beside reading and parsing that log alone; each time in a process of its own. */
export const benchRebuild: Bench = async ({ events }) => {
  const dataDir = await programmeStore(events);
  const reading: number[] = [];
  const rebuilds: (Rebuilt & Resident)[] = [];
  // The first reading fills the system's cache.
  await inProcess<RebuildQuestion, number>('rebuild-process', { dataDir, what: 'reading' });
  for (let round = 0; round < ROUNDS; round++) {
    reading.push(await inProcess<RebuildQuestion, number>('rebuild-process', { dataDir, what: 'reading' }));
    rebuilds.push(await inProcess<RebuildQuestion, Rebuilt & Resident>('rebuild-process', { dataDir, what: 'rebuild' }));
  }
  return figure(median(rebuilds.map(({ eventsPerSecond }) => eventsPerSecond)), median(reading), 'events/s', {
    events: rebuilds[0]!.events,
    peakResidentMb: Math.max(...rebuilds.map(({ peakResidentMb }) => peakResidentMb)),
    residentBeforeMb: rebuilds[0]!.residentBeforeMb,
    rounds: rebuilds.map(({ eventsPerSecond }, i) => `${eventsPerSecond}/${reading[i]}`).join(' '),
    checksum: rebuilds[0]!.checksum,
  });
};
