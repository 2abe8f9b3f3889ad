/** Clocks of processes that are set while they work, and that are off from the start. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeUnless } from '../support/left-out.js';
import { findServers, Organisation, stopServers, type Servers } from '../support/organisation.js';
import type { Product } from '../support/product.js';
import { isReady, readiness, standsBy, until } from './readiness.js';
import { Work } from './work.js';

const LIBRARY = ['x86_64', 'aarch64'].map((machine) => `/usr/lib/${machine}-linux-gnu/faketime/libfaketimeMT.so.1`).find(existsSync);
const LONGEST = 600_000;

const servers = LIBRARY === undefined ? { leftOut: 'no libfaketime is installed' } : await findServers();

describeUnless('leftOut' in servers ? servers.leftOut : undefined, 'Clocks that are wrong', () => {
  let organisation: Organisation;
  let apis: Product[];
  let web: Product;
  let projectors: Product[];
  let work: Work;
  const folder = mkdtempSync(join(tmpdir(), 'throughcare-clock-'));

  /** Seconds before (+) or behind (-) the machine's clock. */
  const set = (whose: string, seconds: number): void => writeFileSync(join(folder, whose), `${seconds < 0 ? '' : '+'}${seconds}\n`);
  const ownClock = (whose: string): NodeJS.ProcessEnv => {
    set(whose, 0);
    return {
      LD_PRELOAD: LIBRARY, FAKETIME_TIMESTAMP_FILE: join(folder, whose), FAKETIME_NO_CACHE: '1', FAKETIME_DONT_FAKE_MONOTONIC: '1',
    };
  };
  const clockOf = async (at: Product) => (await readiness(at)).checks['clock']!;
  const isOff = (at: Product) => until(async () => !(await clockOf(at)).ok, 10_000);

  beforeAll(async () => {
    organisation = await Organisation.found(servers as Servers);
    const [token, cookie] = [await organisation.token('coordinator-torbay'), await organisation.cookie('coordinator-torbay')];
    projectors = [await organisation.process('projector', ownClock('projector'))];
    projectors.push(await organisation.process('projector'));
    await standsBy(projectors[1]!);
    const [one, other, pages] = await Promise.all([
      organisation.process('api', ownClock('api')), organisation.process('api'), organisation.process('web'),
    ]);
    apis = [one, other];
    web = pages;
    work = await Work.of({ organisation, apis, web, token, cookie });
  }, LONGEST);
  afterAll(async () => {
    await organisation?.close();
    rmSync(folder, { recursive: true, force: true });
    if (!('leftOut' in servers)) await stopServers(servers);
  }, 120_000);

  it.each([
    ['set back by a minute', -60],
    ['set back by two seconds', -2],
    ['set forward by two seconds', 2],
  ])('of one API and the projector are %s amid work: both are not ready, nothing is lost, and they are once the clock is right', async (_, seconds) => {
    const [api, other] = apis as [Product, Product];
    await work.amid(async (onlooker) => {
      for (const whose of ['api', 'projector']) set(whose, seconds);
      await Promise.all([api, projectors[0]!].map(isOff));
      expect((await clockOf(api)).detail).toMatch(/^was set by \d+ ms since the start|behind the last event/);
      await pause(5_000);
      // Balancers send nobody to those two; who comes all the same is served, and the others are not held up.
      await onlooker.sees('current');
      if (seconds < 0) expect(await readiness(other)).toMatchObject({ status: 200 });
      for (const whose of ['api', 'projector']) set(whose, 0);
      for (const each of [api, ...projectors]) await until(() => isReady(each));
    });
    // What they wrote with a clock before the others' is in the log; by then the others have come to it.
    for (const each of [...apis, web, ...projectors]) await until(() => isReady(each));
  }, LONGEST);

  it.each([
    ['before', 30],
    ['behind', -30],
  ])('that is half a minute %s the others from the start is told, and the process is not ready', async (how, seconds) => {
    const env = ownClock(how);
    set(how, seconds);
    const starting = organisation.process('api', env, 20_000);
    await expect(starting).rejects.toThrow('not ready in time');
    const late = organisation.last();
    expect((await clockOf(late)).detail).toMatch(how === 'before' ? /ms before the clock of PostgreSQL/ : /ms behind/);
    set(how, 0);
    await late.stop();
    await late.start();
    expect(await clockOf(late)).toEqual({ ok: true });
    await late.stop();
  }, LONGEST);
});
