/** The network between the processes of an organisation and their servers is cut for a minute. */
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeUnless } from '../support/left-out.js';
import { findServers, Organisation, type Servers } from '../support/organisation.js';
import type { Product } from '../support/product.js';
import { Relay } from '../support/relay.js';
import { isReady, readiness, standsBy, until } from './readiness.js';
import { Work } from './work.js';

const MINUTE = 60_000;
/** What a server needs to see by its keepalives that a machine is gone, milliseconds. */
const NOTICED = 10_000;
/** So long at most does anybody wait for an answer, whatever it is: as a command does (`engine.ts`), on a busy machine. */
const PATIENCE = 30_000 + 5_000;
/** So soon is everything as it was, milliseconds. */
const RECOVERED = 60_000;
const LONGEST = 600_000;

const servers = await findServers();
const portOf = (address: string): number => Number(/:(\d+)[?/]/.exec(address)![1]);

describeUnless('leftOut' in servers ? servers.leftOut : undefined, 'The network is cut for a minute, amid work', () => {
  const { eventStoreDb, postgres } = servers as Servers;
  let organisation: Organisation;
  /** To the log, to the rows, and to the rows from each projector. */
  let relays: { readonly events: Relay; readonly rows: Relay; readonly ofProjectors: readonly [Relay, Relay] };
  let apis: Product[];
  let web: Product;
  let projectors: Product[];
  let work: Work;

  const all = () => [...apis, web, ...projectors];

  beforeAll(async () => {
    organisation = await Organisation.found(servers as Servers);
    const [token, cookie] = [await organisation.token('coordinator-torbay'), await organisation.cookie('coordinator-torbay')];
    const rows = portOf(organisation.database.slice('postgres:'.length));
    relays = {
      events: await Relay.to(portOf(organisation.connectionString)),
      rows: await Relay.to(rows),
      ofProjectors: [await Relay.to(rows), await Relay.to(rows)],
    };
    const by = (postgres: Relay) => organisation.by({ eventStoreDb: relays.events, postgres });
    projectors = [];
    for (const relay of relays.ofProjectors) projectors.push(await organisation.process('projector', by(relay)));
    ({ apis, web } = await organisation.serving(by(relays.rows)));
    work = await Work.of({ organisation, apis, web, token, cookie });
  }, LONGEST);
  afterAll(async () => {
    await organisation?.close();
    await Promise.all((relays ? [relays.events, relays.rows, ...relays.ofProjectors] : []).map((relay) => relay.stop()));
    if (!('leftOut' in servers)) await Promise.all([eventStoreDb.stop(), postgres.stop()]);
  }, 120_000);

  const detailOf = async (at: Product) => (await readiness(at)).checks['projector']?.detail;

  /** Everything as it was, by itself. */
  const recovers = async (since: number): Promise<void> => {
    await Promise.all(all().map((each) => until(() => isReady(each), RECOVERED)));
    process.stderr.write(`all ready ${Date.now() - since} ms after the network was whole again\n`);
  };

  const ways = [
    ['EventStoreDB: packets vanish, and old connections stay dead', 'events', 'dead'],
    ['EventStoreDB: connections are reset, and new ones too', 'events', 'refused'],
    ['PostgreSQL: packets vanish, and old connections go on afterwards', 'rows', 'goOn'],
    ['PostgreSQL: packets vanish, and old connections stay dead', 'rows', 'dead'],
  ] as const;

  it.each(ways)('%s: nothing acknowledged is lost, nothing old is shown as new, and all go on by themselves', async (name, server, how) => {
    const cut = server === 'rows' ? [relays.rows, ...relays.ofProjectors] : [relays.events];
    const saw = await work.amid(async (onlooker) => {
      for (const relay of cut) {
        if (how === 'refused') relay.refuse();
        else relay.silence();
      }
      await pause(NOTICED);
      for (const each of all()) expect(await readiness(each)).toMatchObject({ status: 503 });
      await pause(MINUTE - NOTICED);
      for (const relay of cut) relay.heal(how === 'dead' ? 'dead' : 'goOn');
      const healed = Date.now();
      await onlooker.sees('current', RECOVERED);
      process.stderr.write(`${name}: pages as before ${Date.now() - healed} ms after the minute\n`);
      await recovers(healed);
      await pause(2_000);
    });
    process.stderr.write(`${name}: ${JSON.stringify(saw)}\n`);
    expect(saw.longestWait).toBeLessThan(PATIENCE);
    expect(saw.warned + saw.away).toBeGreaterThan(0);
  }, LONGEST);

  it('the active projector alone loses PostgreSQL: the standby takes over, and the one that was cut off ends nothing', async () => {
    await until(async () => (await Promise.all(projectors.map(detailOf))).includes('standby'));
    const index = (await detailOf(projectors[0]!)) === 'standby' ? 1 : 0;
    const [active, relay] = [projectors[index]!, relays.ofProjectors[index]!];
    await work.amid(async (onlooker) => {
      relay.silence();
      await onlooker.sees('warned');
      await pause(NOTICED);
      relay.dropAtServer();
      const gone = Date.now();
      await onlooker.sees('current');
      process.stderr.write(`the standby took over ${Date.now() - gone} ms after the server saw that the other was gone\n`);
      expect(await readiness(active)).toMatchObject({ status: 503, checks: { projector: { ok: false } } });
      await pause(MINUTE - NOTICED);
      relay.heal('dead');
      await standsBy(active);
      await onlooker.sees('current');
    });
  }, LONGEST);
});
