/** `throughcare doctor` beside running processes, and before there are any. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import pg from 'pg';
import { Cluster, noClusterBecause } from '../support/eventstoredb-cluster.js';
import { describeUnless } from '../support/left-out.js';
import { findServers, Organisation, stopServers, type Servers } from '../support/organisation.js';
import { throughcare, type Product } from '../support/product.js';
import { standsBy, until } from './readiness.js';

/** Of a test, milliseconds: several processes share a machine with other tests. */
const LONGEST = 600_000;

interface Told {
  readonly code: number;
  /** By what was looked at. */
  readonly said: Readonly<Record<string, string>>;
}

function inWords({ code, last }: { readonly code: number; readonly last: string }): Told {
  const { findings } = JSON.parse(last) as { readonly findings: readonly { check: string; ok: boolean; says: string }[] };
  return { code, said: Object.fromEntries(findings.map(({ check, ok, says }) => [check, `${ok ? 'well' : 'WRONG'}: ${says}`])) };
}

/** What is begun while it is frozen goes on after that. */
async function frozen<T>(product: Product, begin: () => Promise<T>, meanwhile: () => Promise<void>): Promise<T> {
  product.freeze();
  const begun = begin();
  try {
    await meanwhile();
  } finally {
    product.thaw();
  }
  return begun;
}

const servers = await findServers();

describeUnless('leftOut' in servers ? servers.leftOut : undefined, 'Doctor on EventStoreDB and PostgreSQL', () => {
  let organisation: Organisation;
  beforeAll(async () => {
    organisation = await Organisation.unfounded(servers as Servers);
  });
  afterAll(async () => {
    await organisation?.close();
    if (!('leftOut' in servers)) await stopServers(servers);
  }, 60_000);

  const doctor = async () => inWords(await organisation.throughcare('doctor', '--json'));
  const schemas = async () => {
    const client = new pg.Client({ connectionString: organisation.database });
    await client.connect();
    const { rows } = await client.query<{ name: string }>("select nspname as name from pg_namespace where nspname !~ '^pg_|^information_schema$'");
    await client.end();
    return rows.map(({ name }) => name);
  };

  it('finds both well before anything was started, and leaves both empty', async () => {
    const { code, said } = await doctor();
    expect([code, said]).toEqual([
      0,
      expect.objectContaining({
        EventStoreDB: 'well: one node, which leads',
        log: 'well: can be read; it is empty',
        programme: 'well: none yet; the first start makes a live one, for ever',
        'read models': 'well: none yet; the first projector builds them',
      }),
    ]);
    expect(await schemas()).toEqual(['public']);
    expect(await organisation.events()).toEqual([]);
  });

  it('says who projects and how far, and that nobody does once they have gone', async () => {
    const active: Product = await organisation.process('projector');
    const standby: Product = await organisation.process('projector');
    await standsBy(standby);
    const running = await doctor();
    expect([running.code, running.said]).toEqual([
      0,
      expect.objectContaining({
        programme: 'well: live',
        'PostgreSQL tables': 'well: as this release keeps them',
        projector: expect.stringMatching(/^well: throughcare on \S+, process \d+ at 127\.0\.0\.1 works, connected since /),
        'read models': expect.stringMatching(/^well: up to event \d+, 0 behind, in /),
        'sign-in': 'well: OpenID provider https://sign-in.example',
        registrations: 'well: everybody who holds an NHS number has a record',
        webhooks: 'well: 0 receivers; nothing has been told yet',
      }),
    ]);
    await Promise.all([active.kill(), standby.kill()]);
    await until(async () => (await doctor()).said['projector']!.startsWith('WRONG: none is at work'));
    expect((await doctor()).code).toBe(1);
    const made = await schemas();
    expect(made.filter((name) => name.startsWith('read_models:'))).toHaveLength(1);
  }, 300_000);

  it('says that the projector stands still while events wait, and which process to end', async () => {
    const active: Product = await organisation.process('projector');
    const standby: Product = await organisation.process('projector');
    await standsBy(standby);
    const { code } = await frozen(active, () => organisation.throughcare('import', 'fhir', 'samples/fhir'), async () => {
      // However long the import takes until its first event is there.
      let told!: Told;
      await until(async () => (told = await doctor()).said['read models']!.startsWith('WRONG'), LONGEST / 2);
      expect(told.said['read models']).toMatch(/^WRONG: stand still at event \d+ while [\d,]+ wait: end throughcare on \S+, process \d+ at \S+, /);
      expect(told.said['projector']).toMatch(/^well: /);
      expect(told.code).toBe(1);
    });
    expect(code).toBe(0);
    await until(async () => /^well: up to event \d+, 0 behind/.test((await doctor()).said['read models']!));
    await Promise.all([active.kill(), standby.kill()]);
  }, LONGEST);

  it('says so where the read models are those of another log', async () => {
    const client = new pg.Client({ connectionString: organisation.database });
    await client.connect();
    await client.query("update read_models.served set log = 'another'");
    await client.end();
    const { code, said } = await doctor();
    expect([code, said['read models']]).toEqual([1, expect.stringMatching(/^WRONG: are those of another log/)]);
  });
});

describeUnless(await noClusterBecause(), 'Doctor on three nodes with TLS', () => {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await Cluster.start();
  }, 200_000);
  afterAll(() => cluster?.stop(), 60_000);

  /** Without PostgreSQL, on a directory that is not there: what is said is of the nodes. */
  const doctor = async (more: NodeJS.ProcessEnv = {}) => {
    const env = {
      THROUGHCARE_STORE: 'eventstoredb', EVENTSTOREDB_URL: cluster.connectionString, EVENTSTOREDB_CA_FILE: cluster.caFile,
      EVENTSTOREDB_USER: cluster.user, EVENTSTOREDB_PASSWORD_FILE: cluster.passwordFile, ...more,
    };
    return inWords(await throughcare('no such directory', ['doctor', '--json'], env));
  };
  const ofNodes = ({ said }: Told) => Object.entries(said).flatMap(([check, says]) => (check.startsWith('EventStoreDB ') ? [says] : [])).sort();

  it('says which leads, and until when their certificates hold', async () => {
    const well = await doctor();
    const answered = /^well: (leads|follows), version 23\.\S+, TLS, certificate until \d{4}-\d\d-\d\d$/;
    expect(ofNodes(well).map((says) => answered.exec(says)?.[1])).toEqual(['follows', 'follows', 'leads']);
    expect(well.said).toMatchObject({ EventStoreDB: 'well: 3 nodes, one of which leads', log: 'well: can be read as admin; it is empty' });
    expect(well.code).toBe(0);
  });

  it('says that the password is wrong, that the certificates are not trusted, and that the address names too few', async () => {
    const wrong = await doctor({ EVENTSTOREDB_PASSWORD_FILE: '', EVENTSTOREDB_PASSWORD: 'mistyped' });
    expect(wrong.code).toBe(1);
    expect(ofNodes(wrong)).toEqual(Array(3).fill(expect.stringMatching(/^WRONG: does not take the user name or the password/)));
    expect(JSON.stringify(wrong)).not.toContain('mistyped');
    const untrusted = await doctor({ EVENTSTOREDB_CA_FILE: '' });
    expect(untrusted.code).toBe(1);
    expect(ofNodes(untrusted)).toEqual(Array(3).fill(expect.stringMatching(/^WRONG: its certificate is not trusted/)));
    const few = await doctor({ EVENTSTOREDB_URL: cluster.connectionString.split(',')[0]! });
    expect(few.said['EventStoreDB']).toBe('WRONG: the cluster has 3 nodes and EVENTSTOREDB_URL names 1: name them all, or a leader may not be found');
    const nobody = await doctor({ EVENTSTOREDB_USER: '', EVENTSTOREDB_PASSWORD_FILE: '' });
    expect(nobody.said['log']).toMatch(/^WRONG: this user may not read the log: give it read access to \$all/);
  });

  it('says that a node is away, and what another one would do', async () => {
    const gone = await cluster.whole();
    cluster.signal(gone, 'SIGKILL');
    await cluster.gone(gone);
    expect(await cluster.another(gone, 90_000)).toBeDefined();
    const { code, said } = await doctor();
    expect(code).toBe(1);
    expect(said).toMatchObject({
      [`EventStoreDB 127.0.0.1:${gone}`]: 'WRONG: nothing listens there: start the node, or mend EVENTSTOREDB_URL',
      EventStoreDB: 'WRONG: 1 of 3 nodes is away: what is recorded is kept, and with one more nothing can be recorded',
      log: 'well: can be read as admin; it is empty',
    });
  }, 300_000);
});
