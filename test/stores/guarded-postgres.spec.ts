/** A PostgreSQL that asks for a password (scram) and speaks with TLS only, as an organisation's does. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from '@jest/globals';
import { postgresPlace, type Kept } from '#database';
import { postgresGenerations } from '../../libs/projections/postgres/generations.js';
import { describeUnless } from '../support/left-out.js';
import { findGuardedPostgres, type Guarded } from '../support/postgres.js';

const tally: Kept<{ readonly tally: { readonly n: number } }> = {
  name: 'tally',
  migrations: [({ whole }) => [`create table tally (n ${whole} not null)`]],
};

const found = await findGuardedPostgres();

describeUnless('leftOut' in found ? found.leftOut : undefined, 'A PostgreSQL that asks who comes', () => {
  const postgres = found as Guarded;
  const folder = mkdtempSync(join(tmpdir(), 'throughcare-password-'));
  const passwordFile = join(folder, 'password');
  afterAll(async () => {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** The address as it stands in the settings, without the password. */
  const addressed = async (change: (url: URL) => void = () => undefined): Promise<string> => {
    const url = new URL((await postgres.database()).url);
    url.password = '';
    change(url);
    return url.href;
  };

  it('takes the password of a file, and keeps names and lists over TLS that was verified', async () => {
    writeFileSync(passwordFile, `${postgres.password}\n`);
    const address = { url: await addressed(), passwordFile };
    const place = await postgresPlace(address);
    const { queries, close } = await place.open(tally);
    await queries.insertInto('tally').values({ n: 4 }).execute();
    expect(await queries.selectFrom('tally').selectAll().execute()).toEqual([{ n: 4 }]);
    await close();
    await place.close();
    const generations = await postgresGenerations(address);
    await (await generations.lock(() => undefined)).release();
    await generations.close();
  });

  it('does not take a wrong password, and the words do not hold it', async () => {
    writeFileSync(passwordFile, 'a wrong one\n');
    const refused = await postgresPlace({ url: await addressed(), passwordFile }).then(() => 'taken', (error: Error) => `${error.message} ${String(error.cause)}`);
    expect(refused).toMatch(/password authentication failed/);
    expect(refused).not.toContain('a wrong one');
  });

  it.each([
    ['a certificate that nobody we know vouches for', (url: URL) => url.searchParams.delete('sslrootcert')],
    ['no TLS', (url: URL) => (url.search = '')],
  ])('is not spoken to with %s', async (_, change) => {
    writeFileSync(passwordFile, postgres.password);
    await expect(postgresPlace({ url: await addressed(change), passwordFile })).rejects.toThrow();
  });
});
