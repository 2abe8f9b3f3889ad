/** A data directory that one process kept for itself, shared from now on: what lies beside the log goes into PostgreSQL. */
import { existsSync } from 'node:fs';
import { keptOfSessions } from '#access';
import { copyKept, postgresPlace, sqlitePlace, type CopiedKept, type Place, type PostgresAddress } from '#database';
import { copyLog, openKeptEventStore, openSqliteEventStore } from '#event-store';
import { systemClock } from '#kernel';
import { keptByVault, openVault } from '#people';
import { keptOfBox } from '#reactions';
import { ConfigurationError } from './config.js';
import { openDataDirectory } from './data-directory.js';
import { agreeOn } from './shared-programme.js';
import { markAsShared } from './stores.js';

export interface StateCopy {
  readonly directory: string;
  /** `keys` in the directory when absent. */
  readonly keysDir: string | undefined;
  readonly postgres: PostgresAddress;
  readonly onProgress: (words: string) => void;
}

/**
 * Names with people's keys, signed-out sessions, what is to be told outside, the access log, and whether it is a demo. The
 * files stay as they are; the directory is marked, so that nobody starts on them again. Done again, it adds what is missing.
 *
 * @throws ConfigurationError there is no store; DirectoryInUseError stop the server first; OtherStateError, OtherHistoryError
 *   PostgreSQL holds something else; and what opening the parts throws
 */
export async function copyState({ directory: path, keysDir, postgres, onProgress }: StateCopy): Promise<readonly CopiedKept[]> {
  if (!existsSync(`${path}/vault.db`)) throw new ConfigurationError(`no names are kept in ${path}`);
  const directory = openDataDirectory({ path });
  const from = sqlitePlace(path);
  const keys = keysDir ?? directory.file('keys');
  try {
    // Here rather than there: whoever was erased since a backup is erased again, and the keys are those of this vault.
    await (await openVault({ place: from, keys, clock: systemClock })).close();
    const to = await postgresPlace(postgres);
    try {
      const access = await copyAccessLog(directory.file('access.db'), to, onProgress);
      onProgress('sessions and webhooks');
      const others = [await copyKept(keptOfSessions, from, to), await copyKept(keptOfBox, from, to)];
      onProgress('names');
      // Last: where names are, the rest is.
      const names = await copyKept(keptByVault, from, to);
      await agreeOn(to, directory.agreed, directory.agreed.mode);
      await (await openVault({ place: to, keys, clock: systemClock })).close();
      markAsShared(path);
      return [names, ...others, access];
    } finally {
      await to.close();
    }
  } finally {
    directory.release();
  }
}

async function copyAccessLog(file: string, to: Place, onProgress: StateCopy['onProgress']): Promise<CopiedKept> {
  const source = await openSqliteEventStore({ file, readOnly: true });
  try {
    const target = await openKeptEventStore(to);
    try {
      const { events, added, checksums } = await copyLog(source, target, ({ doing, events: at }) => onProgress(`access log, ${doing}: ${at}`));
      if (checksums.from !== checksums.to) throw new Error('the access log reads back otherwise than it was written');
      return { name: 'access log', rows: events, added: added > 0 };
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}
