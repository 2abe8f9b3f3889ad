import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { median } from '../figure.js';
import { inProcess } from '../processes.js';
import type { ClusterQuestion } from './cluster-process.js';
import type { Step, StepQuestion } from './step-process.js';

/** Steps of a measure, each in a process and an empty directory of its own. */
export const stepsOn = ({ servers, dataDir, scratch }: Omit<ClusterQuestion, 'what'>) => async (step: StepQuestion['step']): Promise<Step> => {
  const own = join(scratch, step);
  mkdirSync(own);
  try {
    const question = { step, servers, log: join(dataDir, 'log.db'), scratch: own };
    const answer = await inProcess<StepQuestion, Step>('cluster/step-process', question);
    process.stderr.write(`  ${step}: ${told([answer])}\n`);
    return answer;
  } finally {
    rmSync(own, { recursive: true });
  }
};

/** Each as it was: events a second, processor an event, memory at the highest. */
export const told = (steps: readonly Step[]): string =>
  steps.map(({ perSecond, processor, peakMb }) => `${Math.round(perSecond)}/s ${processor.toFixed(1)}us ${peakMb}MB`).join(', ');

/** Of rounds, the middle one's events a second. */
export const medianOf = (steps: readonly Step[]): number => median(steps.map(({ perSecond }) => perSecond));
