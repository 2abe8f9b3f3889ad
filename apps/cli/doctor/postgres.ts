/** PostgreSQL: whether it can be reached and used, and what lies in it. Nothing is made there, and no lock is taken. */
import { lookAtPostgres, lookInto, type Ask, type PostgresAddress, type PostgresLook } from '#database';
import { CLOCK_TOLERANCE } from '#kernel';
import { formatsOfThisRelease } from '../../server/kept-state.js';
import type { Mode } from '../../server/data-directory.js';
import { noWrites, postgresTrouble } from '../../server/reach/postgres-trouble.js';
import { modeThere } from '../../server/shared-programme.js';
import type { Findings } from './findings.js';

export interface Shared {
  /** Undefined before the first start. */
  readonly mode: Mode | undefined;
  /** Whether names and the rest lie there as this release keeps them. */
  readonly isOfThisRelease: boolean;
}

/** @returns what lies there; undefined where nobody can tell */
export async function examinePostgres(
  address: PostgresAddress,
  wanted: Mode | undefined,
  findings: Findings,
  more: (ask: Ask, shared: Shared) => Promise<void>,
): Promise<Shared | undefined> {
  const { host } = new URL(address.url);
  const name = `PostgreSQL ${host}`;
  try {
    return await lookInto(address, async (ask, takesNoWrites) => {
      const look = await lookAtPostgres(ask, takesNoWrites);
      await findings.check(name, () => server(look));
      await findings.check('PostgreSQL clock', () => clock(look));
      const mode = look.formats.has('programme') ? await modeThere(ask) : undefined;
      const shared = { mode, isOfThisRelease: isOfThisRelease(look) };
      await findings.check('PostgreSQL tables', () => tables(look));
      await findings.check('programme', () => programme(mode, wanted));
      await more(ask, shared);
      return shared;
    });
  } catch (error) {
    findings.add(name, false, postgresTrouble(error).says);
    return undefined;
  }
}

function server({ version, database, user, secure, takesNoWrites, mayMakeSchemas }: PostgresLook): string {
  if (takesNoWrites) throw new Error(noWrites[takesNoWrites].says);
  if (!mayMakeSchemas) throw new Error(`${user} may not make schemas in ${database}: let it own the database`);
  return `version ${version}, database ${database}, as ${user}, ${secure ? 'TLS' : 'without TLS'}`;
}

function clock({ clockAhead }: PostgresLook): string {
  const off = Math.round(Math.abs(clockAhead));
  if (off > CLOCK_TOLERANCE) {
    throw new Error(`this machine is ${off} ms ${clockAhead > 0 ? 'ahead of' : 'behind'} it, and no process is ready that far off: put both right, by NTP`);
  }
  return off === 0 ? 'no difference to this machine can be seen' : `this machine is ${off} ms ${clockAhead > 0 ? 'ahead of' : 'behind'} it`;
}

const isOfThisRelease = ({ formats }: PostgresLook): boolean =>
  formats.size > 0 && [...formats].every(([name, format]) => formatsOfThisRelease.get(name) === format);

function tables({ formats }: PostgresLook): string {
  const newer = [...formats].filter(([name, format]) => format > (formatsOfThisRelease.get(name) ?? 0));
  if (newer.length > 0) {
    throw new Error(`a newer release wrote ${newer.map(([name]) => name).join(', ')} here, and this one will not start: start the newer one`);
  }
  if (formats.size === 0) return 'none yet; the first start makes them';
  const older = [...formats].filter(([name, format]) => format < formatsOfThisRelease.get(name)!);
  if (older.length === 0) return 'as this release keeps them';
  return `of an older release: ${older.map(([name]) => name).join(', ')}. The next start raises them, and the older release will not start after that: make a backup first`;
}

function programme(mode: Mode | undefined, wanted: Mode | undefined): string {
  if (mode === undefined) return `none yet; the first start makes a ${wanted ?? 'demo'} one, for ever`;
  if (wanted !== undefined && wanted !== mode) {
    throw new Error(`it is a ${mode} one and stays one, and THROUGHCARE_MODE says ${wanted}: no process will start. Set it to ${mode}`);
  }
  return `${mode}`;
}
