import { mkdirSync } from 'node:fs';
import { dirname, extname, join, resolve } from 'node:path';
import { Command } from 'commander';
import {
  AddressError, copyLog, OtherHistoryError, readEventStoreDbAddress, type Copied, type CopyProgress,
} from '#event-store';
import { eventStoreDbAccess, readConfig } from '../../server/config.js';
import { openReader, openStore, type StoreAddress } from '../../server/stores.js';
import { CommandFailed, exit, output } from '../output.js';

interface Asked {
  readonly from: string;
  readonly to: string;
  readonly json?: boolean;
}

/** `throughcare copy`: a whole history from one store into another, and the proof that it is the same. */
export const copyCommand = (): Command =>
  new Command('copy')
    .description('copy every event to another store, in order, and prove it; a copy that was cut short goes on where it ended')
    .requiredOption('--from <address>', 'esdb://… , a data directory, or its log.db')
    .requiredOption('--to <address>', 'the same; empty, or the beginning of such a copy')
    .option('--json', 'one JSON document as the last line')
    .action(async ({ from, to, json = false }: Asked) => {
      const out = output(json);
      const [source, target] = [storeAt(from), storeAt(to)];
      if (addressOf(source) === addressOf(target)) throw new CommandFailed('--from and --to are the same store', exit.usage);
      const copied = await copyBetween(source, target, (at) => out.progress(progressWords(at)));
      const equal = copied.checksums.from === copied.checksums.to;
      out.answer({ ...copied, equal }, wordsOf(copied, equal));
      if (!equal) process.exitCode = exit.no;
    });

async function copyBetween(source: StoreAddress, target: StoreAddress, onProgress: (at: CopyProgress) => void): Promise<Copied> {
  const reader = await openReader(source);
  try {
    if (target.kind === 'sqlite') mkdirSync(dirname(target.file), { recursive: true, mode: 0o700 });
    const store = await openStore(target);
    try {
      return await copyLog(reader, store, onProgress);
    } finally {
      await store.close();
    }
  } catch (error) {
    throw error instanceof OtherHistoryError ? new CommandFailed(error.message, exit.no) : error;
  } finally {
    await reader.close();
  }
}

function storeAt(address: string): StoreAddress {
  if (/^esdb(\+discover)?:\/\//.test(address)) return { kind: 'eventstoredb', ...eventStoreDbAt(address) };
  const path = resolve(address);
  return { kind: 'sqlite', file: extname(path) === '.db' ? path : join(path, 'log.db') };
}

/** As whom we come is in the environment: everybody on the machine can read a command line. */
function eventStoreDbAt(connectionString: string) {
  try {
    const { secure, credentials } = readEventStoreDbAddress({ connectionString });
    if (credentials) throw new AddressError('has a user name in it: put it into EVENTSTOREDB_USER and EVENTSTOREDB_PASSWORD_FILE');
    const address = { connectionString, ...(secure && eventStoreDbAccess(readConfig(process.env))) };
    readEventStoreDbAddress(address);
    return address;
  } catch (error) {
    if (!(error instanceof AddressError)) throw error;
    throw new CommandFailed(`an address of EventStoreDB ${error.message}`, exit.usage);
  }
}

const addressOf = (at: StoreAddress): string => (at.kind === 'sqlite' ? at.file : readEventStoreDbAddress(at).name);

const number = (value: number): string => value.toLocaleString('en-GB');

const progressWords = ({ doing, events, total }: CopyProgress): string =>
  `${doing}: ${number(events)}${total === undefined ? '' : ` of ${number(total)}`} events`;

function wordsOf({ events, added, alreadyThere, checksums }: Copied, equal: boolean): readonly string[] {
  return [
    added === 0
      ? `Already there: ${number(events)} events, 0 added.`
      : `${number(events)} events: ${number(added)} added, ${number(alreadyThere)} already there.`,
    `from ${checksums.from}`,
    `to   ${checksums.to}`,
    equal
      ? 'Equal: every event, its order and both its times.'
      : 'DIFFERENT: do not use the copy. Run this again and it names the first event that differs.',
  ];
}
