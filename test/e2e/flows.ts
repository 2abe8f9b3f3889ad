/** Ways through the pages that several tests take. */
import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { picture } from './browser.js';

/** Somebody new, whose referral Torbay North zone takes. */
export async function takeReferral(
  page: Page,
  origin: string,
  surname: string,
  { day = '3' }: { readonly day?: string } = {},
): Promise<void> {
  await page.goto(`${origin}/referrals/new`);
  await page.check('input[value=name]');
  await page.fill('#surname', surname);
  await page.fill('#birthDate-day', day);
  await page.fill('#birthDate-month', '4');
  await page.fill('#birthDate-year', '1930');
  await page.click('button:has-text("Search")');
  await page.click('button:has-text("Register somebody new")');
  await page.fill('#givenName', 'Nora');
  await page.check('input[name=sex][value=female]');
  await page.check('input[name=referrer][value=generalPractitioner]');
  await page.fill('#reason', 'Fell at home twice this week.');
  await page.check('input[name=urgency][value=soon]');
  await answerCriteria(page);
  await page.check('input[name=taken][value=now]');
  await page.check('input[name=key][value=me]');
  await page.click('button:has-text("Continue")');
  if ((await page.textContent('h1'))!.includes('known already')) await sayItIsSomebodyElse(page);
  await picture(page, `referral-check-${page.viewportSize()!.width < 500 ? 'phone' : 'desktop'}`);
  await page.click('button:has-text("Record the referral")');
  expect(await page.textContent('h1')).toContain('The referral has been recorded');
  await picture(page, `referral-done-${page.viewportSize()!.width < 500 ? 'phone' : 'desktop'}`);
  await page.click('text=Open the journey');
}

/** Tests make people who are nearly the same: of each that is asked about, that it is somebody else. */
async function sayItIsSomebodyElse(page: Page): Promise<void> {
  for (const other of await page.locator('input[name^="match-"][value=other]').all()) await other.check();
  for (const because of await page.locator('input[name^="because-"][value=theySaySo]').all()) await because.check();
  await page.click('button:has-text("Continue")');
}

/** What the form of a referral asks about the pathway of Torbay's older people. */
export async function answerCriteria(page: Page): Promise<void> {
  await page.check('input[name=eligibility-torbay-older-people-registeredWith][value=met]');
  await page.check('input[name=eligibility-torbay-older-people-agrees][value=notKnown]');
}

/** Who is responsible, as a journey's page says it. */
export const responsible = (page: Page) => page.locator('.tc-responsible__answer');
/** How a handover stands, as its page says it. */
export const status = (page: Page) => page.locator('.tc-status__words');

/** From the page of a journey to the page on which the answers are checked. */
export async function offerTo(
  page: Page,
  team: string,
  effect: 'now' | 'atDischarge',
  expected?: { readonly day: string; readonly month: string; readonly year: string },
): Promise<void> {
  await page.click('a:has-text("Offer a handover")');
  await page.click(`h3 a:has-text("${team}")`);
  await page.check('input[name=ask][value=other]');
  await page.fill('#asked', 'Personal care twice a day, from tonight.');
  await page.check('input[name=urgency][value=urgent]');
  await page.check(`input[name=effect][value=${effect}]`);
  for (const [part, value] of Object.entries(expected ?? {})) await page.fill(`#expectedOn-${part}`, value);
  await page.check('input[name=risks][value=yes]');
  await page.fill('#riskDetail', 'Falls; uses a frame.\n  Steep stairs.');
  await page.check('input[name=safeguarding][value=noneKnown]');
  await page.check('input[name=person][value=each]');
  await page.fill('#toldPerson', 'That another team is being asked.');
  await page.check('input[name=agreement][value=agreed]');
  await page.check('input[name=sharing][value=directCareConsent]');
  await page.click('main form button.nhsuk-button');
}

export const offerToBrixham = (page: Page): Promise<void> => offerTo(page, 'Brixham Home Care', 'now');

/** In hospital, and ready to leave it. @param journey its address */
export async function admitted(page: Page, journey: string): Promise<void> {
  await send(page, `${journey}/admission`, { ward: 'torbay-hospital-care-of-the-elderly-ward', method: '21' });
  await send(page, `${journey}/ready`, { clinicalDecision: 'yes', teamDecision: 'yes', safeToTransfer: 'yes' });
}

/** Opens a form of the journey at this address, answers and sends it; where answers are checked first, twice. */
export async function send(page: Page, address: string, answers: Readonly<Record<string, string>>): Promise<void> {
  await page.goto(address);
  for (const [name, value] of Object.entries(answers)) {
    const choice = page.locator(`input[name="${name}"][value="${value}"]`);
    const field = page.locator(`[id="${name}"]`);
    if ((await choice.count()) > 0) await choice.check();
    else if ((await field.evaluate((element) => element.tagName)) === 'SELECT') await field.selectOption(value);
    else await field.fill(value);
  }
  const button = page.locator('main form button.nhsuk-button');
  await button.click();
  const checked = page.locator('main form button[name=_step][value=do]');
  if ((await checked.count()) > 0) await checked.click();
  expect(await page.locator('.nhsuk-error-summary li').allTextContents()).toEqual([]);
}
