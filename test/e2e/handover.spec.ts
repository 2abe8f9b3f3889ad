/** The heart, in two browsers at once: a coordinator in Torbay, and one of another organisation in Brixham. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { Product } from '../support/product.js';
import { axe, desktop, isTooWide, launch, phone, picture, signIn, type Visit } from './browser.js';

const dataDir = mkdtempSync(join(tmpdir(), 'throughcare-e2e-'));
let product: Product;
let browser: Browser;

beforeAll(async () => {
  product = await Product.on(dataDir);
  [browser] = await Promise.all([launch(), product.start()]);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await product?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const status = (page: Page) => page.locator('.tc-status__words');
const responsible = (page: Page) => page.locator('.tc-responsible__answer');
const wait = { timeout: 5_000 };

/** Somebody new, whose referral Torbay North zone takes. */
async function takeReferral(page: Page, surname: string): Promise<void> {
  await page.goto(`${product.origin}/referrals/new`);
  await page.check('input[value=name]');
  await page.fill('#surname', surname);
  await page.fill('#birthDate-day', '3');
  await page.fill('#birthDate-month', '4');
  await page.fill('#birthDate-year', '1930');
  await page.click('button:has-text("Search")');
  await page.click('button:has-text("Register somebody new")');
  await page.fill('#givenName', 'Nora');
  await page.check('input[name=sex][value=female]');
  await page.check('input[name=referrer][value=generalPractitioner]');
  await page.fill('#reason', 'Fell at home twice this week.');
  await page.check('input[name=urgency][value=soon]');
  await page.check('input[name=taken][value=now]');
  await page.check('input[name=key][value=me]');
  await page.click('button:has-text("Continue")');
  await picture(page, `referral-check-${page.viewportSize()!.width < 500 ? 'phone' : 'desktop'}`);
  await page.click('button:has-text("Record the referral")');
  expect(await page.textContent('h1')).toContain('The referral has been recorded');
  await picture(page, `referral-done-${page.viewportSize()!.width < 500 ? 'phone' : 'desktop'}`);
  await page.click('text=Open the journey');
}

async function offerToBrixham(page: Page): Promise<void> {
  await page.click('a:has-text("Offer a handover")');
  await page.click('h3 a:has-text("Brixham Home Care")');
  await page.fill('#asked', 'Personal care twice a day, from tonight.');
  await page.check('input[name=urgency][value=urgent]');
  await page.check('input[name=effect][value=now]');
  await page.check('input[name=risks][value=yes]');
  await page.fill('#riskDetail', 'Falls; uses a frame.\n  Steep stairs.');
  await page.check('input[name=safeguarding][value=noneKnown]');
  await page.fill('#toldPerson', 'That Brixham is being asked.');
  await page.check('input[name=agreement][value=agreed]');
  await page.check('input[name=sharing][value=directCareConsent]');
  await page.click('button:has-text("Continue")');
}

const cases: readonly [string, string, Visit][] = [
  ['live, at a desk', 'Deskworth', { size: desktop, scripts: true }],
  ['live, on a phone', 'Phonely', { size: phone, scripts: true }],
  ['without scripts, at a desk', 'Plainfield', { size: desktop, scripts: false }],
  ['without scripts, on a phone', 'Plainsmith', { size: phone, scripts: false }],
];

describe('A handover from Torbay to Brixham', () => {
  it.each(cases)(
    'is offered, seen, accepted and begun: %s',
    async (_, surname, visit) => {
      const { page: torbay, complaints } = await signIn(browser, product.origin, 'coordinator-torbay', visit);
      const { page: brixham } = await signIn(browser, product.origin, 'coordinator-brixham', visit);
      /** Without scripts somebody loads the page again; with them, nobody does anything. */
      const lookAgain = async (page: Page) => void (visit.scripts || (await page.goto(page.url())));

      await takeReferral(torbay, surname);
      const word = `${visit.size === phone ? 'phone' : 'desktop'}`;
      if (visit.scripts) await picture(torbay, `journey-just-referred-${word}`);
      expect(await responsible(torbay).textContent()).toContain('Torbay North zone');

      await offerToBrixham(torbay);
      expect(await torbay.textContent('main')).toMatch(/Answer needed by[\s\S]*counted in their opening hours/);
      await torbay.click('button:has-text("Offer this handover")');
      expect(await status(torbay).textContent()).toContain('Offered, not seen yet: you are still responsible');

      await lookAgain(brixham);
      const line = brixham.locator('section[aria-labelledby=waitingForUs] li', { hasText: surname });
      await line.waitFor(wait);
      expect(await line.textContent()).toContain('asks you to take over');
      await line.locator('a').first().click();
      expect(await brixham.textContent('main')).toContain('Falls; uses a frame.\n  Steep stairs.');

      await lookAgain(torbay);
      await torbay
        .locator('.tc-status__words', { hasText: 'Seen, not accepted: you are still responsible' })
        .waitFor(wait);

      await brixham.click('a:has-text("Accept")');
      await brixham.click('button:has-text("Accept: we take over")');
      expect(await responsible(brixham).textContent()).toContain('Brixham Home Care');
      if (visit.scripts) {
        expect(await axe(brixham)).toEqual([]);
        await picture(brixham, `handover-accepted-${word}`);
      }

      await lookAgain(torbay);
      await torbay.locator('.tc-responsible__answer', { hasText: 'Brixham Home Care' }).waitFor(wait);
      expect(await status(torbay).textContent()).toContain('Accepted: Brixham Home Care has been responsible since');

      await brixham.click('a:has-text("Record the first contact")');
      await brixham.check('input[name=mode][value=visit]');
      await brixham.click('button:has-text("Record")');
      await brixham.click('text=Back to the journey');
      expect(await brixham.textContent('ol.tc-timeline')).toContain('First contact by Brixham Home Care');
      for (const page of [torbay, brixham]) expect(await isTooWide(page)).toBe(false);
      expect(complaints).toEqual([]);
      await torbay.context().close();
      await brixham.context().close();
    },
    60_000,
  );

  it('shows the receiver only what the offer carries, and nothing new once they have declined', async () => {
    const { page: torbay } = await signIn(browser, product.origin, 'coordinator-torbay');
    const { page: brixham } = await signIn(browser, product.origin, 'coordinator-brixham');
    await takeReferral(torbay, 'Declinton');
    const journey = torbay.url();
    await offerToBrixham(torbay);
    await torbay.click('button:has-text("Offer this handover")');

    await brixham.goto(journey);
    expect(brixham.url()).toMatch(/\/handovers\//);
    const offer = brixham.url();
    expect(await brixham.textContent('main')).not.toContain('Fell at home twice');
    await brixham.click('a:has-text("Decline")');
    await brixham.click('button:has-text("Decline")');
    expect(await brixham.textContent('.nhsuk-error-summary')).toContain('Select why you decline');
    expect(await axe(brixham)).toEqual([]);
    await picture(brixham, 'decline-with-a-problem-desktop');
    await brixham.check('input[name=reason][value=noCapacity]');
    await brixham.click('button:has-text("Decline")');
    expect(brixham.url()).toContain('/worklist');

    await torbay.goto(`${product.origin}/worklist`);
    const declined = torbay.locator('section[aria-labelledby=notActedOn] li', { hasText: 'Declinton' });
    expect(await declined.textContent()).toMatch(/Brixham Home Care declined: no room[\s\S]*You are responsible/);

    await torbay.goto(`${journey}/death`);
    await torbay.check('input[name=place][value=hospital]');
    await torbay.check('input[name=when][value=now]');
    await torbay.click('button:has-text("Continue")');
    await torbay.click('button:has-text("Record the death")');
    expect(await torbay.textContent('.tc-person')).toContain('Do not contact');

    await brixham.goto(offer);
    expect(await brixham.textContent('main')).toContain('you are not responsible');
    expect(await brixham.textContent('main')).not.toMatch(/Died|Do not contact/);
    await torbay.context().close();
    await brixham.context().close();
  }, 60_000);

  it('does nothing twice when a form is sent twice', async () => {
    const { page } = await signIn(browser, product.origin, 'coordinator-torbay', { scripts: false });
    await takeReferral(page, 'Twicely');
    const journey = page.url();
    await offerToBrixham(page);
    const form = (await page.evaluate(
      `Object.fromEntries([...new FormData(document.querySelector('main form')).entries(), ['_step', 'do']])`,
    )) as Record<string, string>;
    const action = await page.getAttribute('main form', 'action');
    const send = () => page.request.post(`${product.origin}${action}`, { form, maxRedirects: 0 });
    const [first, second] = await Promise.all([send(), send()]);
    expect([first.status(), second.status()]).toEqual([303, 303]);
    expect(first.headers()['location']).toBe(second.headers()['location']);
    await page.goto(journey);
    expect(await page.locator('section[aria-labelledby=handovers] li').count()).toBe(1);
    await page.context().close();
  }, 60_000);

  it('refuses a team that has closed, and names who took over', async () => {
    const { page } = await signIn(browser, product.origin, 'coordinator-torbay');
    await takeReferral(page, 'Closedly');
    await page.goto(`${page.url()}/offer?to=harbourside-home-care-team`);
    expect(await page.textContent('[role=alert]')).toMatch(
      /closed on 28 February 2011[\s\S]*English Riviera Home Care/,
    );
    expect(await axe(page)).toEqual([]);
    await page.click('text=Ask English Riviera Home Care');
    expect(await page.textContent('h1')).toContain('English Riviera Home Care');
    await page.context().close();
  }, 60_000);

  it('is not changed by a form without this session’s token', async () => {
    const { page } = await signIn(browser, product.origin, 'coordinator-torbay');
    const answer = await page.request.post(`${product.origin}/referrals/new`, {
      form: { _step: 'search', by: 'number', nhsNumber: '9434765870' },
    });
    expect(answer.status()).toBe(403);
    expect(await answer.text()).toContain('This form is out of date');
    await page.context().close();
  }, 30_000);
});
