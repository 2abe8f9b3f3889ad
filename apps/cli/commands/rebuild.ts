import { Command } from 'commander';
import { rebuild } from '#projections';
import { eventsProgress, output } from '../output.js';
import { rebuildOf, withEngine } from '../with-engine.js';

/** `throughcare rebuild`: every read model anew from the log. */
export const rebuildCommand = (): Command =>
  new Command('rebuild')
    .description('build every read model anew from the log, serve the result and say how fast it went')
    .option('--aside', 'measure and check only: what is served stays as it is')
    .option('--json', 'one JSON document as the last line')
    .action(async ({ json = false, aside = false }: { json?: boolean; aside?: boolean }) => {
      const out = output(json);
      const built = await withEngine({ project: false }, (engine) =>
        rebuild({ ...rebuildOf(engine), serve: !aside, onProgress: (at) => out.progress(eventsProgress(at)) }),
      );
      out.answer(built, [
        `${built.events.toLocaleString('en-GB')} events in ${built.seconds.toFixed(1)} s, ${built.eventsPerSecond.toLocaleString('en-GB')} a second`,
        `checksum ${built.checksum}`,
      ]);
    });
