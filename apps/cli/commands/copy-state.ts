import { resolve } from 'node:path';
import { Command } from 'commander';
import { OtherStateError } from '#database';
import { OtherHistoryError } from '#event-store';
import { postgresOf, readConfig } from '../../server/config.js';
import { copyState } from '../../server/copy-state.js';
import { CommandFailed, exit, output } from '../output.js';

/** `throughcare copy-state`: what a data directory keeps beside the log, into the PostgreSQL of the settings, and the proof. */
export const copyStateCommand = (): Command =>
  new Command('copy-state')
    .description('copy names, sessions, webhooks and the access log of a data directory to PostgreSQL, and prove it')
    .requiredOption('--from <directory>', 'the data directory, which no server uses; where to is THROUGHCARE_POSTGRES_URL')
    .option('--json', 'one JSON document as the last line')
    .action(async ({ from, json = false }: { readonly from: string; readonly json?: boolean }) => {
      const out = output(json);
      const config = readConfig(process.env);
      const postgres = postgresOf(config);
      if (!postgres) throw new CommandFailed('set THROUGHCARE_POSTGRES_URL: everybody can read a password on a command line', exit.usage);
      const directory = resolve(from);
      const copied = await copyState({
        directory, keysDir: config.THROUGHCARE_KEYS, postgres, onProgress: (words) => out.progress(words),
      }).catch((error: unknown) => {
        const isOther = error instanceof OtherStateError || error instanceof OtherHistoryError;
        throw isOther ? new CommandFailed(error.message, exit.no) : error;
      });
      out.answer({ copied }, [
        ...copied.map(({ name, rows, added }) => `${name}: ${rows.toLocaleString('en-GB')}, ${added ? 'copied and read back equal' : 'nothing to add, equal'}`),
        `${directory} is served with THROUGHCARE_POSTGRES_URL from now on. Its files still hold the names: docs/operations.md says when to remove them.`,
      ]);
    });
