import { afterAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { StoreUnavailableError, type NodeLook } from '#event-store';
import { describeUnless } from '../../../test/support/left-out.js';
import { findPostgres, type TestPostgres } from '../../../test/support/postgres.js';
import { eventStoreTrouble } from './event-store-trouble.js';
import { postgresNeeded, ServerAwayError, serversThere, type Needed } from './servers-there.js';

const quick = { within: 400, askEvery: 5, sayEvery: 60_000 };
const starting = { says: 'it is starting up', stays: false };

/** Answers one after the other, the last again and again. */
function server(name: string, ...answers: readonly (Awaited<ReturnType<Needed['ask']>>)[]) {
  const seen = { asked: 0, closed: 0 };
  const needed: Needed = {
    name,
    ask: async () => answers[Math.min(seen.asked++, answers.length - 1)],
    close: async () => void seen.closed++,
  };
  return { ...needed, seen };
}
const wait = async (...needed: readonly Needed[]) => {
  const said: string[] = [];
  const outcome = await serversThere(needed, (words) => said.push(words), quick).then(() => 'there', (error: unknown) => error);
  return { said, outcome };
};

describe('A process that starts', () => {
  it('says nothing where its servers are there', async () => {
    const one = server('A', undefined);
    expect(await wait(one)).toEqual({ said: [], outcome: 'there' });
    expect(one.seen).toEqual({ asked: 1, closed: 1 });
  });

  it('says what it waits for, once for each reason, and goes on when it has come', async () => {
    const listens = { says: 'nothing listens there', stays: false };
    const { said, outcome } = await wait(server('A', listens, listens, starting, starting, undefined), server('B', starting, undefined));
    expect(outcome).toBe('there');
    expect(said.toSorted()).toEqual(['waiting for A: it is starting up', 'waiting for A: nothing listens there', 'waiting for B: it is starting up']);
  });

  it('ends in plain words where it does not come, and asks nobody any more', async () => {
    const [never, there] = [server('A', starting), server('B', undefined)];
    const { outcome } = await wait(never, there);
    expect(outcome).toBeInstanceOf(ServerAwayError);
    expect((outcome as Error).message).toBe('A did not take us in within 0 seconds: it is starting up');
    const { asked } = never.seen;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect([never.seen, there.seen.closed]).toEqual([{ asked, closed: 1 }, 1]);
  });

  it('does not wait where that would not help', async () => {
    const { said, outcome } = await wait(server('A', starting), server('B', { says: 'the password is not taken', stays: true }));
    expect((outcome as Error).message).toBe('B: the password is not taken');
    expect(said).toEqual(['waiting for A: it is starting up']);
  });
});

describe('What is waited for where EventStoreDB does not take us in', () => {
  const well: NodeLook = { node: 'a:2113', version: '23.10.6', state: 'leader', secure: true, alive: 3 };
  const untrusted: NodeLook = { node: 'b:2113', trouble: 'certificate', detail: 'self-signed' };
  const resets: NodeLook = { node: 'c:2113', trouble: 'resets', detail: 'socket hang up' };
  const noLeader = new StoreUnavailableError('no leader is known');

  it('nothing, where no node will ever take us in', () => {
    expect(eventStoreTrouble([untrusted, untrusted], noLeader)).toMatchObject({ says: expect.not.stringContaining('log'), stays: true });
  });

  it('the nodes that are not there yet', () => {
    expect(eventStoreTrouble([untrusted, resets], noLeader)).toMatchObject({ says: expect.stringContaining('c:2113 resets connections: it is not up yet'), stays: false });
  });

  it('the log, where a node is well: what is wrong with it is said as well', () => {
    expect(eventStoreTrouble([well, untrusted], noLeader)).toEqual({
      says: expect.stringMatching(/^b:2113 its certificate is not trusted .+; and of the log: cannot be read: .*no leader is known/), stays: false,
    });
    expect(eventStoreTrouble([well, well], noLeader)).toEqual({ says: expect.stringMatching(/^cannot be read: .*no leader is known/), stays: false });
  });
});

describe('A PostgreSQL address that names a certificate', () => {
  it('which is no file or cannot be read: the setting is named, and nobody waits for it', async () => {
    for (const file of ['/no/such/ca.crt', '/']) {
      const { ask } = postgresNeeded({ url: `postgres://ann@127.0.0.1:1/state?sslmode=verify-full&sslrootcert=${file}` });
      expect(await ask()).toEqual({ says: expect.stringContaining('THROUGHCARE_POSTGRES_URL names as sslrootcert'), stays: true });
    }
  });
});

const found = await findPostgres();

describeUnless('leftOut' in found ? found.leftOut : undefined, 'A PostgreSQL that takes no writes', () => {
  const postgres = found as TestPostgres;
  afterAll(() => postgres.stop());

  it('is waited for, as it may be made the one that leads', async () => {
    const { url, drop } = await postgres.database();
    const needed = postgresNeeded({ url });
    expect(await needed.ask()).toBeUndefined();
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(`alter database ${new URL(url).pathname.slice(1)} set default_transaction_read_only = on`);
    await client.end();
    expect(await needed.ask()).toEqual({ says: expect.stringMatching(/^takes no writes: /), stays: false });
    await drop();
  });
});
