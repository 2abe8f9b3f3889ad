/**
 * Scenarios 4 and 10: a hospital stay and a death that stand on the record of the wrong Mrs Smith, moved to the right one in
 * a real browser, at a desk with scripts and on a phone without.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { codeWordsIn } from '../support/code-words.js';
import { axe, axeWithoutScripts, desktop, isTooWide, launch, phone, picture, wordsOf, type Visit } from './browser.js';
import { responsible } from './flows.js';
import { startSmall, type Small } from './in-process.js';

let small: Small;
let browser: Browser;

const visits: readonly [string, string, Visit][] = [
  ['at a desk', 'Owndesk', { size: desktop, scripts: true }],
  ['on a phone without scripts', 'Ownsmall', { size: phone, scripts: false }],
];

interface Somebody {
  readonly personId: string;
  readonly journey: string;
}

/** Whom Torbay North zone has taken. */
async function somebody(familyName: string, birthDate: string): Promise<Somebody> {
  const { personId } = await small.done('register-person', { givenName: 'Nora', familyName, birthDate });
  const referral = { personId, pathway: 'torbay-older-people', referrer: 'self', urgency: 'soon', reason: 'Falls' };
  const taken = await small.done('take-referral', { ...referral, to: 'torbay-north-zone', accept: true });
  await small.server.engine.projector!.waitFor(String(taken['position']), 30_000);
  return { personId: String(personId), journey: `${small.server.base}/journeys/${String(taken['journeyId'])}` };
}

const entry = (page: Page, title: string) => page.locator('ol.tc-timeline > li', { hasText: title }).first();

async function isClean(page: Page, { scripts }: Visit, name: string): Promise<void> {
  const found = scripts ? await axe(page) : await axeWithoutScripts(page);
  expect({ axe: found, tooWide: await isTooWide(page) }).toEqual({ axe: [], tooWide: false });
  expect(codeWordsIn(await wordsOf(page))).toEqual([]);
  if (scripts) await picture(page, `${name}-${page.viewportSize()!.width < 500 ? 'phone' : 'desktop'}`);
}

/** From the entry on the wrong record to where both people are compared. */
async function toTheCheck(page: Page, from: Somebody, title: string, surname: string): Promise<void> {
  await page.goto(from.journey);
  await entry(page, title).locator('text=Belongs to somebody else').click();
  await page.check('input[name=by][value=name]');
  await page.fill('#surname', surname);
  await page.fill('#birthDate-day', '4');
  await page.fill('#birthDate-month', '4');
  await page.fill('#birthDate-year', '1930');
  await page.click('main button:has-text("Search")');
  await page.check('main input[name=to]');
  await page.click('main button:has-text("Continue")');
  const compared = await page.textContent('.tc-two');
  for (const text of ['3 April 1930', '4 April 1930', `Nora ${surname}`]) expect(compared).toContain(text);
}

beforeAll(async () => {
  browser = await launch();
  small = await startSmall();
}, 90_000);
afterAll(async () => {
  await browser?.close();
  await small?.server.stop();
});

describe('What is a person’s own, on the record of the wrong Mrs Smith', () => {
  it.each(visits)('a stay and a death go to the right one, and a death moved by mistake is taken back: %s', async (_, surname, visit) => {
    const wrong = await somebody(surname, '1930-04-03');
    const right = await somebody(surname, '1930-04-04');
    const { page, complaints } = await small.signIn(browser, 'coordinator-torbay', visit);
    const ward = { hospital: 'torbay-hospital', ward: 'torbay-hospital-care-of-the-elderly-ward' };
    await small.done('record-admission', { personId: wrong.personId, method: '21', ...ward });

    await toTheCheck(page, wrong, 'Admitted to', surname);
    await isClean(page, visit, 'own-stay-check');
    await page.click('button:has-text("Move it to Nora")');
    expect(await page.textContent('h1')).toContain('Moved to the right record');
    await isClean(page, visit, 'own-stay-moved');
    await page.click('text=Open the journey they are on now');
    expect(page.url()).toBe(right.journey);
    expect(await responsible(page).textContent()).toContain('care of the elderly ward');
    await page.goto(wrong.journey);
    expect(await responsible(page).textContent()).toContain('Torbay North zone');

    await small.done('record-death', { personId: wrong.personId, place: 'usualResidence' });
    await toTheCheck(page, wrong, 'Died', surname);
    expect(await page.textContent('main')).toContain('On this record care goes on');
    await isClean(page, visit, 'own-death-check');
    await page.click('button:has-text("Move it to Nora")');
    expect(await page.textContent('.nhsuk-error-summary')).toContain('is alive, once somebody has made sure');
    await page.check('input[name=alive]');
    await page.click('button:has-text("Move it to Nora")');
    expect(await page.textContent('h1')).toContain('Moved to the right record');
    await page.goto(wrong.journey);
    expect(await page.textContent('.tc-person')).not.toContain('Do not contact');
    await page.goto(right.journey);
    expect(await page.textContent('.tc-person')).toContain('Do not contact');

    await entry(page, 'Died').locator('text=Put this entry right').click();
    expect(await page.textContent('main')).toContain('Taken back it counts on neither');
    await page.check('input[name=wrong][value=all]');
    await page.check('input[name=reason][value=recordedWrongly]');
    await isClean(page, visit, 'own-death-taken-back');
    await page.click('button:has-text("Continue")');
    await page.click('button:has-text("Put it right")');
    expect(await page.textContent('.tc-person')).not.toContain('Do not contact');
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 120_000);
});
