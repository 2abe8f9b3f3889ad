/** A worklist left open while a colleague works: it shows what they did by itself, or says that it does not. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { wallClock } from '#kernel';
import { axe, axeWithoutScripts, desktop, isTooWide, launch, phone, picture } from './browser.js';
import { listens, startSmall, type Small } from './in-process.js';

let browser: Browser;
let small: Small;
beforeAll(async () => {
  [browser, small] = await Promise.all([launch(), startSmall()]);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await small?.server.stop();
});

const WITHIN = 5_000;
const line = (page: Page, group: string, name: string) =>
  page.locator(`section[aria-labelledby=${group}] li`, { hasText: name });
const sizes = [
  ['at a desk', 'Deskley', desktop],
  ['on a phone', 'Phoneley', phone],
] as const;

describe('A worklist left open', () => {
  it.each(sizes)('shows what another person did within five seconds, and nobody loads it again: %s', async (_, name, size) => {
    const journey = await small.referred('Edith', name);
    const handoff = await small.offered(journey);
    const who = await small.signIn(browser, 'coordinator-torbay', { size });
    const { page, complaints } = who;
    await listens(who);
    let loads = 0;
    page.on('framenavigated', () => loads++);
    expect(await line(page, 'waitingForThem', name).innerText()).toContain('has not seen your handover yet');
    const reason = { reason: 'noCapacity' };
    await small.done('decline-handoff', { journeyId: journey, handoffId: handoff, ...reason }, 'coordinator-brixham');
    await line(page, 'notActedOn', name).waitFor({ timeout: WITHIN });
    expect(await line(page, 'notActedOn', name).innerText()).toContain('Brixham Home Care declined: no room');
    expect(await line(page, 'waitingForThem', name).count()).toBe(0);
    // Told to those who do not see it change, and the focus is left where it was.
    expect(await page.textContent('#live-status')).toBe('This page has been brought up to date.');
    expect(await page.locator('#made').isVisible()).toBe(false);
    expect([loads, complaints]).toEqual([0, []]);
    await page.context().close();
  }, 60_000);

  it.each(sizes)('without scripts says when it was made, and that it has to be loaded again: %s', async (_, surname, size) => {
    const name = `Plain${surname}`;
    const journey = await small.referred('Edith', name);
    const handoff = await small.offered(journey);
    const { page } = await small.signIn(browser, 'coordinator-torbay', { size, scripts: false });
    const made = page.locator('#made');
    const londonNow = () => wallClock(small.server.engine.clock.now());
    const before = londonNow();
    await page.goto(`${small.server.base}/worklist?whose=organisation`);
    expect([before, londonNow()]).toContain(/ at (\d\d:\d\d) and does not change by itself\./.exec(await made.innerText())?.[1]);
    const top = (await made.boundingBox())!;
    expect(top.y).toBeLessThan((await page.locator('main h1').boundingBox())!.y);
    expect({ axe: await axeWithoutScripts(page), tooWide: await isTooWide(page) }).toEqual({ axe: [], tooWide: false });
    await picture(page, `worklist-without-scripts-${size === phone ? 'phone' : 'desktop'}`);

    const reason = { reason: 'noCapacity' };
    const { position } = await small.done('decline-handoff', { journeyId: journey, handoffId: handoff, ...reason }, 'coordinator-brixham');
    await small.server.engine.projector!.waitFor(String(position), 30_000);
    expect(await line(page, 'waitingForThem', name).count()).toBe(1);
    await page.click('text=Load it again');
    expect(page.url()).toBe(`${small.server.base}/worklist?whose=organisation`);
    expect(await line(page, 'notActedOn', name).innerText()).toContain('Brixham Home Care declined: no room');
    await page.context().close();
  }, 60_000);

  it('is clean where scripts run', async () => {
    const { page } = await small.signIn(browser, 'coordinator-torbay', { size: desktop });
    expect(await axe(page)).toEqual([]);
    await page.context().close();
  }, 30_000);
});
