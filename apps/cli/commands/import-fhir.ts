import { Command } from 'commander';
import { importFhir } from '../../server/import-fhir.js';
import { exit, output } from '../output.js';
import { caughtUp, withEngine } from '../with-engine.js';

/** `throughcare import fhir DIR` */
export const importCommand = (): Command =>
  new Command('import').description('take records of other systems in').addCommand(
    new Command('fhir')
      .description('FHIR R4 bundles: .json files, or .tar.xz and .tar.gz archives of them. A second import adds nothing')
      .argument('<folder>')
      .option('--json', 'one JSON document as the last line')
      .action(async (folder: string, { json = false }: { json?: boolean }) => {
        const out = output(json);
        const { counts, rejectsFile } = await withEngine({}, async (engine) => {
          const rejectsFile = engine.file(`rejects/fhir-${engine.realClock.now().slice(0, 19).replaceAll(':', '')}.ndjson`);
          const counts = await importFhir(engine, {
            folder,
            rejectsFile,
            onProgress: (so, file) => out.progress(`${so.people} people, ${so.eventsAdded.toLocaleString('en-GB')} events; ${file}`),
          });
          await caughtUp(engine, (behind) => out.progress(`read models: ${behind.toLocaleString('en-GB')} events behind`));
          return { counts, rejectsFile };
        });
        const { AMB, EMER, IMP } = counts.encounters;
        out.answer({ ...counts, ...(counts.rejected > 0 && { rejectsFile }) }, [
          `${counts.people} people, ${AMB} contacts, ${EMER} emergency attendances, ${IMP} hospital stays, ${counts.carePlans} care plans`,
          `${counts.eventsAdded.toLocaleString('en-GB')} events added, ${counts.alreadyThere.toLocaleString('en-GB')} records were there already, ${counts.corrected} corrected`,
          counts.rejected > 0 ? `${counts.rejected} rejected, each with its reason, in ${rejectsFile}` : 'nothing rejected',
        ]);
        if (counts.rejected > 0) process.exitCode = exit.no;
      }),
  );
