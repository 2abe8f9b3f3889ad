import type { RebuildFigures } from '#projections';
import { figure, type Bench } from './figure.js';
import { inProcess } from './processes.js';
import { programmeStore } from './programme-store.js';

export interface RebuildQuestion {
  readonly dataDir: string;
}

/** Every read model from the whole log, beside reading and parsing that log alone; memory of a process of its own. */
export const benchRebuild: Bench = async ({ events }) => {
  const question: RebuildQuestion = { dataDir: await programmeStore(events) };
  const { eventsPerSecond, floorEventsPerSecond, ...details } = await inProcess<RebuildQuestion, RebuildFigures>('rebuild-process', question);
  return figure(eventsPerSecond, floorEventsPerSecond, 'events/s', details);
};
