import { keptOfSessions } from '#access';
import { keptOfLog } from '#event-store';
import { keptByVault } from '#people';
import { keptOfBox, keptOfLeases } from '#reactions';
import { keptOfProgramme } from './shared-programme.js';

/** Of everything that processes keep together in PostgreSQL, by name. */
export const formatsOfThisRelease: ReadonlyMap<string, number> = new Map(
  [keptOfProgramme, keptByVault, keptOfSessions, keptOfLog, keptOfBox, keptOfLeases].map(({ name, migrations }) => [name, migrations.length]),
);
