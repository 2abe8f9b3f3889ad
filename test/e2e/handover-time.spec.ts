/**
 * "Finishes a handover in under a minute and three pages" (DESIGN): the pages are counted and the time is estimated, by
 * published models of hand and eye. To somebody new every word that stands on the way is counted as read, also the
 * choices not taken. Nobody was timed.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { desktop, launch } from './browser.js';
import { status } from './flows.js';
import { startSmall, type Small } from './in-process.js';
import { Model } from './keystroke-level.js';

const MINUTE = 60;
/** Where the team has to be looked for in the list of all of them: as it was on 26 November 2026. */
const THROUGH_THE_LIST = 80;

let browser: Browser;
let small: Small;
beforeAll(async () => {
  [browser, small] = await Promise.all([launch(), startSmall()]);
  const earlier = await small.referred('Arthur', 'Earlier');
  await small.accepted(earlier, await small.offered(earlier));
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await small?.server.stop();
});

/** A journey that was taken, its page open: from here the time counts. */
async function opened(familyName: string): Promise<{ page: Page; model: Model; pages: () => number }> {
  const journey = await small.referred('Nora', familyName);
  const { page } = await small.signIn(browser, 'coordinator-torbay', { size: desktop });
  await page.goto(`${small.server.base}/journeys/${journey}`);
  let loads = 0;
  page.on('load', () => loads++);
  return { page, model: new Model(page), pages: () => loads };
}

async function answer({ page, model }: { page: Page; model: Model }): Promise<void> {
  await page.waitForSelector('input[name=ask]');
  await model.read(page.locator('main'));
  const choices = {
    ask: 'Personal care twice a day',
    urgency: 'urgent',
    risks: 'noneKnown',
    safeguarding: 'noneKnown',
    person: 'all',
  };
  for (const [name, value] of Object.entries(choices))
    await model.choose(page.locator(`input[name=${name}][value="${value}"]`));
  await model.click(page.locator('button', { hasText: 'Offer this handover' }));
  expect(await status(page).textContent()).toContain('Offered, not seen yet');
}

function told(way: string, model: Model, pages: number): number {
  const { result } = model;
  const firstTime = result.operating + result.reading;
  console.log(
    `A handover ${way}, ${pages} pages before it is offered, ${JSON.stringify(result)}: practised ${result.operating} s, reading every word ${firstTime.toFixed(0)} s`,
  );
  return firstTime;
}

describe('The time that a handover takes', () => {
  it('is under a minute for somebody new who reads every word, on fewer than three pages', async () => {
    const { page, model, pages } = await opened('Newcomb');
    await model.read(
      page.locator('#steps'),
      page.locator('main a', { hasText: 'Offer a handover' }),
      page.locator('.tc-shortcuts'),
    );
    await model.click(page.locator('.tc-shortcuts a', { hasText: 'Brixham Home Care' }));
    await answer({ page, model });
    expect(told('to a team that accepted lately', model, pages() - 1)).toBeLessThan(MINUTE);
    expect(pages() - 1).toBeLessThan(3);
    expect(model.result.fields).toBe(5);
    await page.context().close();
  }, 60_000);

  it('is not much longer where the team has to be looked for among all of them', async () => {
    const { page, model, pages } = await opened('Newland');
    await model.read(page.locator('#steps'), page.locator('main a', { hasText: 'Offer a handover' }));
    await model.click(page.locator('main a', { hasText: 'Offer a handover' }));
    await page.waitForSelector('h1:has-text("Which team do you ask?")');
    await model.read(page.locator('main h1'), page.locator('main nav').first());
    await model.click(page.locator('main nav a', { hasText: 'Social care' }).first());
    await model.read(page.locator('section', { hasText: 'Brixham Home Care' }).locator('h3'));
    await model.click(page.locator('h3 a', { hasText: 'Brixham Home Care' }));
    await answer({ page, model });
    expect(told('to a team out of the list', model, pages() - 1)).toBeLessThan(THROUGH_THE_LIST);
    expect(model.result.operating).toBeLessThan(MINUTE);
    expect(pages() - 1).toBeLessThan(3);
    await page.context().close();
  }, 60_000);

  it('asks to read through what was typed, and not what was only chosen: three pages at most', async () => {
    const { page, pages } = await opened('Newton');
    await page.click('a:has-text("Offer a handover")');
    await page.click('h3 a:has-text("Brixham Home Care")');
    await page.check('input[name=ask][value="Personal care once a day"]');
    await page.fill('#details', 'From tonight; the key is with the warden.');
    await page.check('input[name=urgency][value=urgent]');
    for (const name of ['risks', 'safeguarding']) await page.check(`input[name=${name}][value=noneKnown]`);
    await page.check('input[name=person][value=all]');
    await page.click('button:has-text("Offer this handover")');
    expect(await page.textContent('h1')).toContain('Check before you offer it to Brixham Home Care');
    expect(pages()).toBe(3);
    await page.click('button:has-text("Offer this handover")');
    const words = await page.textContent('main');
    expect(words).toMatch(/Personal care once a day\s+From tonight; the key is with the warden\./);
    expect(words).toMatch(/What the person was told[\s\S]*That this team is being asked/);
    await page.context().close();
  }, 60_000);
});
