import { figure, type Figure } from '../figure.js';
import type { ClusterQuestion } from './cluster-process.js';
import type { Step } from './step-process.js';
import { medianOf, stepsOn, told } from './steps.js';

const ROUNDS = 3;

/**
 * Every read model from EventStoreDB into PostgreSQL, beside what the two clients alone take for the same, one after the
 * other: reading the whole log, and writing the same rows with their indexes, out of memory. Told beside it: the reading
 * alone. In turns, each in a process of its own.
 */
export async function measureClusterRebuild(question: Omit<ClusterQuestion, 'what'>): Promise<Figure> {
  const measured = stepsOn(question);
  const rounds: Readonly<Record<'reading' | 'build' | 'rows', Step>>[] = [];
  for (let i = 0; i < ROUNDS; i++) {
    rounds.push({ reading: await measured('bareReading'), build: await measured('rebuild'), rows: await measured('bareRows') });
  }
  const reading = rounds.map((round) => round.reading);
  const [builds, rows] = [rounds.map(({ build }) => build), rounds.map((round) => round.rows)];
  const checksums = new Set(builds.flatMap((build) => build.checksums ?? []));
  const both = 1 / (1 / medianOf(reading) + 1 / medianOf(rows));
  return figure(medianOf(builds), both, 'events/s', {
    builds: told(builds),
    bareReading: told(reading),
    bareRows: told(rows),
    ratioToBareReading: figure(medianOf(builds), medianOf(reading), 'events/s').ratio,
    checksum: [...checksums].join(' '),
    equal: checksums.size === 1,
  });
}
