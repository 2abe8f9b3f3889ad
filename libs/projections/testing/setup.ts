/** Set up in the projector's thread by the tests of `startProjector`. */
import { existsSync } from 'node:fs';
import { openSqliteEventStore } from '#event-store';
import type { ProjectorSetup } from '../thread.js';
import { sampleModels, sampleRegistry } from './sample.js';

export interface SampleSetup {
  readonly log: string;
  /** The thread crashes while this file is there. */
  readonly crashWhile?: string;
}

export async function projectorSetup(options: SampleSetup): Promise<ProjectorSetup> {
  if (options.crashWhile !== undefined && existsSync(options.crashWhile)) throw new Error('a crash that was asked for');
  return {
    openReader: () => openSqliteEventStore({ file: options.log, readOnly: true }),
    registry: sampleRegistry,
    readModels: sampleModels,
  };
}
