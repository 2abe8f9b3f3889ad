/**
 * At night, in two browsers: somebody in Brixham opens a record that Torbay holds, reads it, and Torbay reviews it. And
 * what the person said about sharing, from the record to whoever is offered a handover all the same.
 */
import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { codeWordsIn } from '../support/code-words.js';
import { axe, desktop, isTooWide, phone, picture, wordsOf, type Visit } from './browser.js';
import { send, takeReferral } from './flows.js';
import { setStage } from './stage.js';

const stage = setStage();

const cases: readonly [string, string, Visit][] = [
  ['at a desk', 'Nightly', { size: desktop, scripts: true }],
  ['on a phone', 'Nightfall', { size: phone, scripts: true }],
  ['without scripts, at a desk', 'Nightingale', { size: desktop, scripts: false }],
  ['without scripts, on a phone', 'Nightshade', { size: phone, scripts: false }],
];

/** Nothing that axe finds where scripts run, nothing wider than the screen, no word of the code; and a picture. */
async function isClean(page: Page, visit: Visit, name: string): Promise<void> {
  if (visit.scripts) {
    expect(await axe(page)).toEqual([]);
    expect(codeWordsIn(await wordsOf(page))).toEqual([]);
    await picture(page, `${name}-${visit.size === phone ? 'phone' : 'desktop'}`);
  }
  expect(await isTooWide(page)).toBe(false);
}

describe('In an emergency', () => {
  it.each(cases)(
    'somebody of another organisation opens the record, reads it, and the team reviews it: %s',
    async (_, surname, visit) => {
      const { page: torbay } = await stage.signIn('coordinator-torbay', visit);
      const { page: brixham, complaints } = await stage.signIn('coordinator-brixham', visit);
      await takeReferral(torbay, stage.origin, surname);
      const journey = torbay.url();

      await brixham.goto(`${stage.origin}/referrals/new`);
      await brixham.check('input[value=name]');
      await brixham.fill('#surname', surname);
      for (const [part, value] of [
        ['day', '3'],
        ['month', '4'],
        ['year', '1930'],
      ] as const)
        await brixham.fill(`#birthDate-${part}`, value);
      await brixham.click('button:has-text("Search")');
      const match = await brixham.textContent('.tc-match');
      expect(match).toContain('Torbay North zone');
      expect(match).not.toContain('Nora');
      await isClean(brixham, visit, 'search-known-elsewhere');

      await brixham.goto(journey);
      expect(await brixham.textContent('main')).not.toContain('Nora');
      await isClean(brixham, visit, 'not-yours');
      await brixham.click('a:has-text("Open in an emergency")');
      await brixham.click('button:has-text("Open the record now")');
      expect(await brixham.textContent('.nhsuk-error-summary')).toContain('Select what the emergency is');
      await isClean(brixham, visit, 'emergency-reason-with-problems');
      await brixham.check('input[name=reason][value=lifeAtRisk]');
      await brixham.fill('#words', 'Found on the floor. Which medicines?');
      await brixham.click('button:has-text("Open the record now")');

      expect(brixham.url()).toBe(journey);
      expect(await brixham.textContent('.tc-emergency')).toMatch(
        /Emergency access until \d\d:\d\d: Torbay North zone.* has been told/,
      );
      expect(await brixham.textContent('.tc-person')).toContain(`Nora ${surname}`);
      expect(await brixham.locator('main form').count()).toBe(0);
      await isClean(brixham, visit, 'journey-in-an-emergency');
      expect((await brixham.goto(`${journey}/contact`))?.status()).toBe(404);

      await torbay.goto(`${stage.origin}/worklist`);
      const notice = torbay.locator('.tc-status', { hasText: surname });
      expect(await notice.textContent()).toContain('Opened in an emergency by Bryn Invented of Brixham Home Care');
      await isClean(torbay, visit, 'worklist-emergency-notice');
      await torbay.goto(journey);
      expect(await torbay.textContent('main')).toContain('Opened in an emergency by Bryn Invented');
      await torbay.click('a:has-text("Review it")');
      expect(await torbay.textContent('main')).toContain('Found on the floor. Which medicines?');
      await torbay.check('input[name=outcome][value=justified]');
      await torbay.fill('#words', 'She needed an ambulance.');
      await isClean(torbay, visit, 'emergency-review');
      await torbay.click('button:has-text("Record the review")');
      expect(await torbay.textContent('.nhsuk-notification-banner')).toContain('The review has been recorded');
      await isClean(torbay, visit, 'emergency-queue');

      await brixham.goto(journey);
      await brixham.click('.tc-emergency a');
      await brixham.click('button:has-text("End it now")');
      expect(await brixham.textContent('main')).not.toContain('Nora');
      expect((await brixham.goto(journey))?.status()).toBe(404);
      expect(complaints).toEqual([]);
      await torbay.context().close();
      await brixham.context().close();
    },
    90_000,
  );

  it('is overseen by the pilot lead and the auditor without a name, and an evaluator is refused', async () => {
    for (const persona of ['pilot-lead-torbay', 'auditor'] as const) {
      const { page } = await stage.signIn(persona);
      await page.goto(`${stage.origin}/emergency-access`);
      expect(await page.textContent('main')).toContain('Opened in an emergency');
      expect(await page.textContent('main')).not.toMatch(/Nora|Nightly/);
      await isClean(page, { size: desktop, scripts: true }, `emergency-queue-${persona}`);
      await page.context().close();
    }
    const { page } = await stage.signIn('evaluator');
    expect((await page.goto(`${stage.origin}/emergency-access`))?.status()).toBe(403);
    await page.context().close();
  }, 60_000);
});

describe('Consent to sharing', () => {
  it.each(cases.slice(0, 2))(
    'is recorded, warns whoever offers, and is answered where the receiver reads it: %s',
    async (_, surname, visit) => {
      const { page: torbay, complaints } = await stage.signIn('coordinator-torbay', visit);
      const { page: brixham } = await stage.signIn('coordinator-brixham', visit);
      await takeReferral(torbay, stage.origin, `${surname}-Consent`);
      const journey = torbay.url();
      await torbay.goto(`${journey}/consent`);
      await isClean(torbay, visit, 'form-consent');
      await send(torbay, `${journey}/consent`, {
        decision: 'refused',
        scope: 'organisation',
        organisation: 'brixham-home-care',
        note: 'A niece works there.',
        when: 'now',
      });
      expect(await torbay.textContent('main')).toContain('Refused: Brixham Home Care');

      await torbay.click('a:has-text("Offer a handover")');
      expect(await torbay.textContent('main')).toContain('The person refused sharing with Brixham Home Care');
      await isClean(torbay, visit, 'teams-consent-refused');
      await torbay.click('h3 a:has-text("Brixham Home Care")');
      expect(await torbay.locator('input[name=sharing][value=directCareConsent]').count()).toBe(0);
      await send(torbay, torbay.url(), {
        ask: 'other',
        asked: 'Personal care, from tonight.',
        urgency: 'urgent',
        effect: 'now',
        risks: 'noneKnown',
        safeguarding: 'noneKnown',
        toldPerson: 'That Brixham is asked all the same.',
        agreement: 'objected',
        sharing: 'statutory',
        despite: 'safeguarding',
      });
      await isClean(torbay, visit, 'handover-against-consent');
      const handover = torbay.url().split('?')[0]!;

      for (const path of ['', '/accept', '/decline']) {
        await brixham.goto(`${handover}${path}`);
        const words = await brixham.textContent('main');
        expect(words).toMatch(/Basis for sharing[\s\S]*law requires it/);
        expect(words).toMatch(/did not consent[\s\S]*child or an adult is at risk of harm \(safeguarding\)/);
      }
      await isClean(brixham, visit, 'decline-against-consent');
      expect(complaints).toEqual([]);
      await torbay.context().close();
      await brixham.context().close();
    },
    60_000,
  );
});
