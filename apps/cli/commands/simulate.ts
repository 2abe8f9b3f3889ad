import { Command } from 'commander';
import { rebuild, type Progress } from '#projections';
import { simulate } from '../../server/simulate.js';
import { CommandFailed, eventsProgress, exit, output } from '../output.js';
import { rebuildOf, withEngine } from '../with-engine.js';

const MOST = 1_000_000;

/** `throughcare simulate`: two years of the sixteen pilots, the same again for the same seed and size. */
export const simulateCommand = (): Command =>
  new Command('simulate')
    .description('fill a demo store with two simulated years of the sixteen pilots; a repeat adds nothing')
    .requiredOption('--events <n>', `how many events, up to ${MOST.toLocaleString('en-GB')}`)
    .option('--seed <n>', 'another seed, another history', '2009')
    .option('--json', 'one JSON document as the last line')
    .action(async ({ events, seed, json = false }: { events: string; seed: string; json?: boolean }) => {
      const out = output(json);
      const wanted = whole(events, 1, MOST, '--events');
      const answer = await withEngine({ project: false }, async (engine) => {
        const counts = await simulate(engine, {
          events: wanted,
          seed: whole(seed, 0, 2 ** 31 - 1, '--seed'),
          onProgress: (done) => out.progress(`${done.toLocaleString('en-GB')} of ${wanted.toLocaleString('en-GB')} events`),
        });
        const onProgress = (at: Progress) => out.progress(`read models: ${eventsProgress(at)}`);
        const { checksum } = await rebuild({ ...rebuildOf(engine), serve: true, onProgress });
        return { ...counts, checksum };
      });
      out.answer(answer, [
        `${answer.events.toLocaleString('en-GB')} events of ${answer.journeys.toLocaleString('en-GB')} journeys; ${answer.refused.toLocaleString('en-GB')} commands were refused by the rules`,
        `checksum ${answer.checksum}`,
      ]);
    });

function whole(text: string, from: number, to: number, what: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < from || value > to) throw new CommandFailed(`${what} is a whole number from ${from} to ${to}`, exit.usage);
  return value;
}
