import { figure, mean, type Figure } from '../figure.js';
import type { ClusterQuestion } from './cluster-process.js';
import { medianOf, stepsOn, told } from './steps.js';
import type { Step } from './step-process.js';

/** Of the way back, which leaves the log as it was. */
const ROUNDS = 3;

type Side = 'bare' | 'reading' | 'writing' | 'back';

/**
 * The programme from its file into EventStoreDB and from there into another file, proofs included, each beside the slower
 * side alone. There: the same appends, by the bare client, whose events are no part of the log that is copied. Back: of the
 * bare client reading everything and a file taking the same appends out of memory, whichever is slower; what our own
 * reader does alone is told beside them. Each step in a process of its own, the sides in turns with the copy.
 */
export async function measureCopy(question: Omit<ClusterQuestion, 'what'>): Promise<Figure> {
  const measured = stepsOn(question);
  const before = await measured('bareAppends');
  const there = await measured('there');
  const after = await measured('bareAppends');
  const rounds: Readonly<Record<Side, Step>>[] = [];
  for (let i = 0; i < ROUNDS; i++) {
    rounds.push({
      bare: await measured('bareReading'),
      reading: await measured('reading'),
      writing: await measured('fileAppends'),
      back: await measured('back'),
    });
  }
  const of = (side: Side): readonly Step[] => rounds.map((round) => round[side]);
  const [bare, reading, writing, back] = [of('bare'), of('reading'), of('writing'), of('back')];
  const checksums = new Set([there, ...back].flatMap((copy) => copy.checksums));
  return figure(there.perSecond, mean([before, after].map(({ perSecond }) => perSecond)), 'events/s', {
    bareAppends: told([before, after]),
    there: told([there]),
    back: figure(medianOf(back), Math.min(medianOf(bare), medianOf(writing)), 'events/s', {
      rounds: told(back),
      bareReading: told(bare),
      fileAppends: told(writing),
      reading: told(reading),
      ratioToReading: figure(medianOf(back), medianOf(reading), 'events/s').ratio,
    }),
    proof: [...checksums].join(' '),
    equal: checksums.size === 1,
  });
}
