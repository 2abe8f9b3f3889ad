/** Somebody among an organisation's processes takes nothing in any more and does not go away, amid work. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeUnless } from '../support/left-out.js';
import { findServers, Organisation, stopServers, type Servers } from '../support/organisation.js';
import type { Product } from '../support/product.js';
import { standsBy, until } from './readiness.js';
import { Work } from './work.js';

/** At least, milliseconds: longer than anybody waits for an answer. */
const STALLED_FOR = 30_000;
/** Entries that are recorded meanwhile at least, however long that takes. */
const MUCH = 1_000;
const PAGES = 20;
/** Of a fault, milliseconds: several processes share a machine with other tests. */
const LONGEST = 600_000;
/** Of a test. */
const WITHIN = 2 * LONGEST;
/** Of one process while another stands still, bytes. */
const MOST_GROWTH = 300 * 1024 ** 2;

const servers = await findServers();

describeUnless('leftOut' in servers ? servers.leftOut : undefined, 'Who takes nothing in any more, amid work', () => {
  let organisation: Organisation;
  let apis: Product[];
  let web: Product;
  let active: Product;
  let standby: Product;
  let token: string;
  let cookie: string;
  let work: Work;

  beforeAll(async () => {
    organisation = await Organisation.found(servers as Servers);
    [token, cookie] = [await organisation.token('coordinator-torbay'), await organisation.cookie('coordinator-torbay')];
    active = await organisation.process('projector');
    standby = await organisation.process('projector');
    await standsBy(standby);
    ({ apis, web } = await organisation.serving());
    work = await Work.of({ organisation, apis, web, token, cookie });
  }, LONGEST);
  afterAll(async () => {
    await organisation?.close();
    if (!('leftOut' in servers)) await stopServers(servers);
  }, 120_000);

  const memory = async ({ origin }: Product): Promise<number> => {
    const text = await (await fetch(`${origin}/metrics`)).text();
    return Number(/^throughcare_process_resident_memory_bytes (\S+)$/m.exec(text)![1]);
  };
  /** Fails where one of them has grown by more than work alone makes it grow. */
  async function withoutGrowth(fault: () => Promise<void>): Promise<void> {
    const processes = [...apis, web, active, standby];
    const before = await Promise.all(processes.map(memory));
    await fault();
    const after = await Promise.all(processes.map(memory));
    const grown = after.map((bytes, i) => bytes - before[i]!);
    process.stderr.write(`grown by ${grown.map((bytes) => Math.round(bytes / 1024 ** 2)).join(', ')} MiB\n`);
    expect(grown.filter((bytes) => bytes > MOST_GROWTH)).toEqual([]);
  }
  /** @param recorded how many so far */
  async function muchIsRecorded(recorded: () => number): Promise<void> {
    const before = recorded();
    await pause(STALLED_FOR);
    await until(async () => recorded() - before >= MUCH, LONGEST);
  }

  /** Asks what changes, is answered, and reads nothing from then on. */
  async function stalledAt({ port }: Product, who: string): Promise<Socket> {
    const socket = connect(port, 'localhost');
    socket.on('error', () => undefined).write(`GET /api/changes HTTP/1.1\r\nhost: localhost\r\n${who}\r\n\r\n`);
    const [first] = (await once(socket, 'data')) as [Buffer];
    expect(String(first)).toMatch(/^HTTP\/1.1 200/);
    return socket.pause();
  }
  /** All that it was sent, from now on. */
  function readOn(socket: Socket): () => string {
    let text = '';
    socket.on('data', (part) => (text += String(part))).resume();
    return () => text;
  }

  it('pages and programs listen and do not read: others are served, and they see what is so when they come back', async () => {
    const who = [`cookie: ${cookie}`, `authorization: Bearer ${token}`] as const;
    const stalled = await Promise.all(
      Array.from({ length: PAGES }, (_, i) => (i % 2 === 0 ? stalledAt(web, who[0]) : stalledAt(apis[0]!, who[1]))),
    );
    await work.amid(async (onlooker, recorded) => {
      await muchIsRecorded(recorded);
      await onlooker.sees('current');
    });
    const { position } = (await organisation.events()).at(-1)!;
    for (const socket of [stalled[0]!, stalled[1]!]) {
      const heard = readOn(socket);
      // The last that it hears tells of the last that was recorded; or it was hung up on, and asks anew.
      await until(async () => heard().includes(position) || socket.closed);
    }
    // And nobody waits for them where the process has to end.
    expect(await web.stop()).toBe(0);
    await web.start();
    for (const socket of stalled) socket.destroy();
  }, WITHIN);

  it('the active projector stands still: pages say behind, no process grows by much, it catches up, and its place is not taken', async () => {
    await withoutGrowth(async () => {
      await work.amid(async (onlooker, recorded) => {
        active.freeze();
        try {
          await onlooker.sees('warned');
          await muchIsRecorded(recorded);
          await onlooker.sees('warned');
        } finally {
          active.thaw();
        }
        await onlooker.sees('current');
      });
    });
    await standsBy(standby);
  }, WITHIN);
});
