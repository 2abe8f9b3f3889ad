/**
 * Lists that are not as things are now, in a real browser: at a desk and on a phone, with scripts and without. The server
 * runs in this process, so that what brings the lists up to date can be stopped beneath it.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { unfoldable, unreadableFirst } from '../../apps/server/testing/unfoldable.js';
import { axe, axeWithoutScripts, desktop, isTooWide, launch, phone, picture, type Visit, type Visitor } from './browser.js';
import { listens, startSmall, type Small } from './in-process.js';

let small: Small;
let browser: Browser;
let journeyId: string;
let handoffId: string;

/** Edith and Walter wait for Brixham to answer. */
async function openWithTwo(): Promise<void> {
  small = await startSmall();
  for (const [given, family] of [['Walter', 'Jones'], ['Edith', 'Smith']] as const) {
    journeyId = await small.referred(given, family);
    handoffId = await small.offered(journeyId);
  }
}

const signIn = (visit: Visit): Promise<Visitor> => small.signIn(browser, 'coordinator-torbay', visit);

const lineOf = (page: Page, name: string): Locator => page.locator('.tc-group li', { hasText: name });

/** The warning is seen without scrolling, above the heading, and is read before it. */
async function warns(page: Page, words: RegExp): Promise<void> {
  const warning = page.locator('main .tc-warning').first();
  expect(await warning.innerText()).toMatch(words);
  const [above, heading] = [await warning.boundingBox(), await page.locator('main h1').boundingBox()];
  expect(above!.y + above!.height).toBeLessThanOrEqual(heading!.y);
  expect(above!.y + above!.height).toBeLessThanOrEqual(page.viewportSize()!.height);
}

async function isClean(page: Page, { scripts }: Visit, name: string): Promise<void> {
  const found = scripts ? await axe(page) : await axeWithoutScripts(page);
  expect({ axe: found, tooWide: await isTooWide(page) }).toEqual({ axe: [], tooWide: false });
  await picture(page, `${name}-${page.viewportSize()!.width < 500 ? 'phone' : 'desktop'}`);
}

const visits: readonly [string, Visit][] = [
  ['at a desk', { size: desktop, scripts: true }],
  ['on a phone', { size: phone, scripts: true }],
  ['at a desk without scripts', { size: desktop, scripts: false }],
  ['on a phone without scripts', { size: phone, scripts: false }],
];

beforeAll(async () => void (browser = await launch()), 60_000);
afterAll(() => browser?.close());

describe('A worklist with somebody whose record cannot be read in full', () => {
  beforeAll(async () => {
    await openWithTwo();
    const { stream, event } = await unfoldable(small.server.engine.store, journeyId);
    const { position } = await small.server.engine.store.append(stream, 'any', [event]);
    await small.server.engine.projector!.waitFor(position, 30_000);
  }, 60_000);
  afterAll(() => small.server.stop());

  it.each(visits)('names them above everything, keeps them on the list, and a tap rings: %s', async (_, visit) => {
    const { page, complaints } = await signIn(visit);
    await warns(page, /^May be incomplete: Edith Smith\. .* Ring their team before you rely on it\.$/);
    const ring = lineOf(page, 'Edith Smith').locator('a[href^="tel:"]').first();
    expect(await ring.innerText()).toMatch(/^01632 /);
    expect(await ring.isVisible()).toBe(true);
    expect(await lineOf(page, 'Walter Jones').count()).toBe(1);
    expect(await page.innerText('#freshness')).toContain('1 record could not be read in full');
    await isClean(page, visit, 'worklist-incomplete');
    await page.goto(`${small.server.base}/teams/torbay-north-zone/meeting`);
    const line = page.locator('.tc-meeting li', { hasText: 'Edith Smith' });
    expect(await line.innerText()).toContain('This record cannot be read in full. Ring Torbay North zone');
    expect(await line.locator('a[href^="tel:"]').count()).toBe(1);
    await isClean(page, visit, 'meeting-incomplete');
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 60_000);
});

describe('A worklist with somebody who never stood on a list, because the first entry cannot be read', () => {
  beforeAll(async () => {
    await openWithTwo();
    const who = { givenName: 'Nora', familyName: 'Newcomb', birthDate: '1930-04-03' };
    const { personId } = await small.done('register-person', who);
    const { stream, event } = await unreadableFirst(small.server.engine.store, String(personId));
    const { position } = await small.server.engine.store.append(stream, 'any', [event]);
    await small.server.engine.projector!.waitFor(position, 30_000);
  }, 60_000);
  afterAll(() => small.server.stop());

  it.each(visits)('names them above everything, with whom to ring: %s', async (_, visit) => {
    const { page, complaints } = await signIn(visit);
    await warns(page, /^May be incomplete: Nora Newcomb\. /);
    const line = lineOf(page, 'Nora Newcomb');
    expect(await line.innerText()).toMatch(/This record cannot be read in full\.[\s\S]*ask those who wrote it[\s\S]*Ring /);
    const ring = line.locator('a[href^="tel:"]').first();
    expect(await ring.innerText()).toMatch(/^01632 /);
    expect(await ring.isVisible()).toBe(true);
    await isClean(page, visit, 'worklist-unread');
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 60_000);
});

describe('A worklist that nobody brings up to date', () => {
  let open: Visitor;
  beforeAll(async () => {
    await openWithTwo();
    open = await signIn({ size: desktop, scripts: true });
    await listens(open);
    expect(await open.page.locator('.tc-warning').count()).toBe(0);
    await small.server.engine.projector!.stop();
    await small.done('withdraw-handoff', { journeyId, handoffId, reason: 'noLongerNeeded' });
  }, 60_000);
  afterAll(() => small.server.stop());

  it('that was open already says so by itself', async () => {
    const { page } = open;
    await page.locator('.tc-warning').waitFor({ timeout: 25_000 });
    await warns(page, /^This page shows how things stood on .* 1 later entry is not on it yet\. Ring the team/);
    expect(await page.innerText('#freshness')).not.toContain('Up to date');
    await page.context().close();
  }, 60_000);

  it.each(visits)('says so above everything, keeps its rows, and a tap rings: %s', async (_, visit) => {
    const { page, complaints } = await signIn(visit);
    await warns(page, /^This page shows how things stood on .* 1 later entry is not on it yet\. Ring the team/);
    expect(await page.innerText('#freshness')).not.toContain('Up to date');
    const line = lineOf(page, 'Edith Smith');
    expect(await line.innerText()).toContain('Ring Brixham Home Care: 01632');
    expect(await line.locator('a[href^="tel:"]').first().isVisible()).toBe(true);
    await isClean(page, visit, 'worklist-behind');
    await line.locator('a').first().click();
    // The journey's own page is as things are now.
    expect(await page.innerText('main')).toContain('Withdrawn (no longer needed): you are still responsible');
    expect(await page.locator('.tc-warning').count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 60_000);
});
