/** A journey told, and taken along on paper: with scripts and without. */
import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { picture } from './browser.js';
import { atJourneyOf, bare, isClean, sizes } from './journeys.js';
import { setStage } from './stage.js';

const stage = setStage();

/** How many sheets of paper it takes. */
async function sheets(page: Page): Promise<number> {
  const file = await page.pdf({ format: 'A4', preferCSSPageSize: true, printBackground: true });
  return file.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;
}

/** What the printer gets, as a picture. */
async function pictureOfPaper(page: Page, name: string): Promise<void> {
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize({ width: 703, height: 1032 });
  await picture(page, name);
}

describe.each(sizes)('A journey told and printed, on a %s', (word, size) => {
  it('is told in plain words, with what is open and whom to ring', async () => {
    const who = await atJourneyOf(stage, 'Applecroft', 'notActedOn', { size });
    const { page } = who;
    await page.click('text=What happened, in plain words');
    expect(await page.textContent('#open ~ ul')).toContain('declined');
    expect(await page.textContent('.tc-story')).toMatch(/’s GP referred (her|him|them) to Torbay North zone/);
    await isClean(who, `journey-story-${word}`);
    await page.context().close();
  }, 60_000);

  it('has a card for the person, in large print on one sheet', async () => {
    const who = await atJourneyOf(stage, 'Kettleby', 'waitingForThem', { size });
    const { page } = who;
    await page.click('text=Card for the person');
    expect(await page.textContent('.tc-card')).toContain('looks after your care.');
    await isClean(who, `journey-card-${word}`);
    expect(await sheets(page)).toBe(1);
    await pictureOfPaper(page, `journey-card-paper-${word}`);
    const smallest = await page.evaluate(
      `Math.min(...Array.from(document.querySelectorAll('.tc-card > *, .tc-card section > *'), (each) => parseFloat(getComputedStyle(each).fontSize)))`,
    );
    // 18 pt at 96 to the inch.
    expect(smallest).toBeGreaterThanOrEqual(24);
    await page.context().close();
  }, 60_000);

  it('is told and printed of an earlier moment, and says so on the screen and on the sheet', async () => {
    const who = await atJourneyOf(stage, 'Applecroft', 'notActedOn', { size });
    const { page } = who;
    await page.click('#known summary');
    await page.click('#known a:has-text("Earlier")');
    const then = await page.textContent('h1');
    await page.click('text=What happened, in plain words');
    expect((await page.textContent('h1'))?.replace('story', 'journey')).toBe(then);
    expect(await page.textContent('#known')).toContain('This is not how things stand now.');
    await isClean(who, `story-as-known-${word}`);
    await page.click('text=Back to the journey as known then');
    expect(await page.textContent('h1')).toBe(then);
    expect(await page.locator('text=Card for the person').count()).toBe(0);
    await page.locator('a:has-text(", to print")').last().click();
    expect((await page.textContent('h1'))?.replace('handover', 'journey')).toBe(then);
    await isClean(who, `handover-sheet-as-known-${word}`);
    const paper = await sheets(page);
    await pictureOfPaper(page, `handover-sheet-as-known-paper-${word}`);
    expect(paper).toBe(1);
    expect(await page.locator('#known-title').isVisible()).toBe(true);
    expect(await page.locator('main form, main a:has-text("Back to now")').first().isVisible()).toBe(false);
    const largest = await page.evaluate(
      `Math.max(...Array.from(document.querySelectorAll('.tc-paper *:not(#known-title, #known-title *)'), (each) => parseFloat(getComputedStyle(each).fontSize)))`,
    );
    const banner = await page.evaluate(`parseFloat(getComputedStyle(document.querySelector('#known-title')).fontSize)`);
    expect(banner).toBeGreaterThan(largest as number);
    await page.context().close();
  }, 60_000);

  it('has every handover on one sheet of paper', async () => {
    const who = await stage.signIn('coordinator-torbay', { size });
    const { page } = who;
    await page
      .locator('section[aria-labelledby=waitingForThem] li', { hasText: 'Kettleby' })
      .locator('a')
      .first()
      .click();
    await page.click('text=Print this handover');
    expect(await page.textContent('.tc-paper')).toContain('Printed 1 March 2011');
    await isClean(who, `handover-sheet-${word}`);
    expect(await sheets(page)).toBe(1);
    await pictureOfPaper(page, `handover-sheet-paper-${word}`);
    await page.context().close();
  }, 60_000);
});

describe('Paper', () => {
  it('is there without scripts too, and says how to print it', async () => {
    const { page } = await atJourneyOf(stage, 'Kettleby', 'waitingForThem', { scripts: false });
    await page.click('text=Card for the person');
    expect(await page.locator('.tc-no-scripts').isVisible()).toBe(true);
    expect(await page.locator('button[data-print]').isVisible()).toBe(false);
    await page.context().close();
  }, 60_000);

  it('is not there for a role that sees no names', async () => {
    const torbay = await atJourneyOf(stage, 'Kettleby', 'waitingForThem');
    const journey = bare(torbay.page);
    await torbay.page.context().close();
    const { page } = await stage.signIn('pilot-lead-torbay');
    expect((await page.goto(`${journey}/card`))?.status()).toBe(404);
    await page.goto(journey);
    expect(await page.locator('text=Card for the person').count()).toBe(0);
    expect((await page.goto(`${journey}/story`))?.status()).toBe(200);
    expect(await page.textContent('main')).not.toMatch(/Kettleby|“/);
    await page.context().close();
  }, 60_000);
});
