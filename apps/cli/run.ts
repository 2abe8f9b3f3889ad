import 'reflect-metadata';
import { Command, CommanderError } from 'commander';
import { DatabaseUnavailableError, NewerDatabaseError } from '#database';
import { StoreLockedError, StoreUnavailableError } from '#event-store';
import { ReadModelsUnavailableError } from '#projections';
import { ConfigurationError } from '../server/config.js';
import { DirectoryInUseError } from '../server/data-directory.js';
import { benchCommand } from './commands/bench.js';
import { copyCommand } from './commands/copy.js';
import { copyStateCommand } from './commands/copy-state.js';
import { doctorCommand } from './commands/doctor.js';
import { importCommand } from './commands/import-fhir.js';
import { metricsCommand } from './commands/metrics.js';
import { pilotsCommand } from './commands/pilots.js';
import { rebuildCommand } from './commands/rebuild.js';
import { simulateCommand } from './commands/simulate.js';
import { tokenCommand } from './commands/token.js';
import { verifyCommand } from './commands/verify.js';
import { CommandFailed, exit } from './output.js';

const program = new Command('throughcare')
  .description('Throughcare: an event-sourced care pathway engine. Data and settings come from the environment; see docs/configuration.md.')
  .showHelpAfterError('(throughcare help shows what there is)')
  .exitOverride();

for (const command of [
  importCommand(), simulateCommand(), rebuildCommand(), verifyCommand(), pilotsCommand(), metricsCommand(), tokenCommand(),
  doctorCommand(), benchCommand(), copyCommand(), copyStateCommand(),
]) {
  program.addCommand(command);
  for (const part of [command, ...command.commands]) part.exitOverride();
}

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = codeOf(error);
  if (!(error instanceof CommanderError)) process.stderr.write(`${wordsOf(error)}\n`);
}

function codeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exit.done : exit.usage;
  if (error instanceof CommandFailed) return error.code;
  return isUnavailable(error) ? exit.unavailable : exit.failed;
}

function isUnavailable(error: unknown): boolean {
  return [
    ConfigurationError, DirectoryInUseError, StoreLockedError, StoreUnavailableError, DatabaseUnavailableError, NewerDatabaseError,
    ReadModelsUnavailableError,
  ].some((kind) => error instanceof kind);
}

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const expected = error instanceof CommandFailed || isUnavailable(error);
  return expected || !process.env['THROUGHCARE_TRACE'] ? `throughcare: ${error.message}` : (error.stack ?? error.message);
}
