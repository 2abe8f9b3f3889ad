import { Command } from 'commander';
import { verifyReadModels } from '#projections';
import { readModels } from '../../server/catalogue.js';
import { CommandFailed, eventsProgress, exit, output } from '../output.js';
import { withEngine } from '../with-engine.js';

/** `throughcare verify --read-models`: what is served equals a rebuild, or since which event it does not. */
export const verifyCommand = (): Command =>
  new Command('verify')
    .description('proof that what is served is what the log says; exit 1 and the earliest difference where it is not')
    .option('--read-models', 'compare the read models with a rebuild')
    .option('--json', 'one JSON document as the last line')
    .action(async ({ json = false, readModels: wanted = false }: { json?: boolean; readModels?: boolean }) => {
      if (!wanted) throw new CommandFailed('say what to verify: --read-models', exit.usage);
      const out = output(json);
      const found = await withEngine({ project: false }, ({ store: reader, registry, readModelsPlace, file }) => verifyReadModels({
        ...readModelsPlace, reader, registry, readModels, spoolIn: file('.'), onProgress: (at) => out.progress(eventsProgress(at)),
      })
      );
      const first = found.differences[0];
      out.answer(found, [
        found.equal
          ? `Equal: the read models are what the log says, up to event ${found.ordinal}. Checksum ${found.checksum}.`
          : `${found.differenceCount} rows differ. The earliest since event ${first?.ordinal ?? '(none)'}: ${first?.eventType ?? 'no event'} ${first?.eventId ?? ''}, table ${first?.table}, key ${JSON.stringify(first?.key)}.`,
      ]);
      if (!found.equal) process.exitCode = exit.no;
    });
