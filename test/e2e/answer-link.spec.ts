/**
 * A coordinator in Torbay rings an agency that does not sign in: a link by message, a code by telephone, and somebody
 * there answers on a phone. In real browsers, with scripts and without.
 */
import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { codeWordsIn } from '../support/code-words.js';
import { axe, desktop, isTooWide, phone, picture, wordsOf, type Visit } from './browser.js';
import { offerToBrixham, takeReferral } from './flows.js';
import { setStage } from './stage.js';

const stage = setStage();

const cases: readonly [string, string, Visit][] = [
  ['on a phone without scripts', 'Linkworth', { size: phone, scripts: false }],
  ['on a phone', 'Linkley', { size: phone, scripts: true }],
  ['at a desk', 'Linkham', { size: desktop, scripts: true }],
];

/**
 * Nothing that axe finds where scripts run, nothing wider than the screen, no word of the code; and a picture.
 *
 * @param random letters on the page that are no words at all
 */
async function isClean(page: Page, visit: Visit, name: string, random = ''): Promise<void> {
  if (visit.scripts) {
    expect(await axe(page)).toEqual([]);
    expect(codeWordsIn((await wordsOf(page)).replace(random, ''))).toEqual([]);
    await picture(page, `${name}-${visit.size === phone ? 'phone' : 'desktop'}`);
  }
  expect(await isTooWide(page)).toBe(false);
}

/** Offered to Brixham, and a link made: what the coordinator sends, and what she reads out. */
async function linkFor(torbay: Page, surname: string, visit: Visit) {
  await takeReferral(torbay, stage.origin, surname);
  await offerToBrixham(torbay);
  await torbay.click('button:has-text("Offer this handover")');
  const handover = torbay.url().split('?')[0]!;
  await torbay.click('a:has-text("Send a link to answer with")');
  await isClean(torbay, visit, 'answer-link-make');
  await torbay.click('button:has-text("Make the link")');
  const address = (await torbay.textContent('#answer-link'))!.trim();
  await isClean(torbay, visit, 'answer-link-made', address);
  const code = (await torbay.textContent('#answer-code'))!.trim();
  return { handover, address, code };
}

const enter = async (page: Page, code: string) => {
  await page.fill('#code', code);
  await page.click('button:has-text("Continue")');
};

describe('A link to answer with', () => {
  it.each(cases)(
    'is opened with the code and answered by somebody without an account: %s',
    async (_, surname, visit) => {
      const { page: torbay } = await stage.signIn('coordinator-torbay', { ...visit, size: desktop });
      const { handover, address, code } = await linkFor(torbay, surname, { ...visit, size: desktop });
      expect(address).not.toContain(code.replace(' ', ''));

      const { page, complaints } = await stage.visitor(visit);
      await page.goto(address);
      expect(await page.textContent('main')).not.toMatch(new RegExp(`${surname}|Torbay|Brixham`));
      await isClean(page, visit, 'answer-code');
      await enter(page, code === '111 111' ? '222 222' : '111 111');
      expect(await page.textContent('.nhsuk-error-summary')).toContain('That code does not fit this link');
      expect(await page.textContent('main')).not.toContain(surname);
      await isClean(page, visit, 'answer-code-wrong');
      await enter(page, code);
      expect(await page.textContent('.tc-person')).toContain(`Nora ${surname}`);
      expect(await page.textContent('.tc-status__words')).toMatch(/Seen, not accepted: Torbay North zone.* is still/);
      expect(await page.textContent('main')).toContain('Personal care twice a day, from tonight.');
      expect(await page.textContent('main')).not.toContain('Fell at home twice');
      await isClean(page, visit, 'answer-offer');

      await torbay.goto(handover);
      expect(await torbay.textContent('main')).toMatch(/Seen, not accepted: you are still responsible/);
      expect(await torbay.textContent('main')).toMatch(/was opened with the code[\s\S]*A wrong code was entered once/);
      await isClean(torbay, { ...visit, size: desktop }, 'handover-with-a-link');

      await page.click('button:has-text("Continue")');
      expect(await page.textContent('.nhsuk-error-summary')).toContain('Select whether you accept or decline');
      await isClean(page, visit, 'answer-offer-with-problems');
      await page.check('input[name=answer][value=accepted]');
      await page.fill('#saidBy', 'Jan Example, manager');
      await page.fill('#reachedOn', '01632 960999');
      await page.click('button:has-text("Continue")');
      await isClean(page, visit, 'answer-check');
      await page.click('button:has-text("Accept: we take over")');
      expect(await page.textContent('h1')).toContain('You have accepted this handover');
      expect(await page.textContent('.tc-responsible__answer')).toContain('Brixham Home Care');
      expect(await page.textContent('main')).toContain('Answered by a link with a code, not confirmed');
      await isClean(page, visit, 'answer-done');
      expect(await page.context().cookies()).toEqual([]);

      await page.goto(address);
      expect(await page.textContent('h1')).toContain('This link has been used');
      expect(await page.textContent('main')).not.toContain(surname);
      await isClean(page, visit, 'answer-used');

      await torbay.goto(handover);
      expect(await torbay.textContent('.tc-responsible__answer')).toContain('Brixham Home Care');
      expect(await torbay.textContent('main')).toMatch(
        /accepted by a link with a code on[\s\S]*Jan Example, manager \(to be reached on 01632 960999\): not confirmed/,
      );
      await isClean(torbay, { ...visit, size: desktop }, 'handover-answered-by-link');

      const { page: brixham } = await stage.signIn('coordinator-brixham', visit);
      await brixham.goto(handover);
      await brixham.click('text=Confirm what was said');
      expect(await brixham.textContent('h1')).toContain('Confirm the answer given by a link with a code');
      await isClean(brixham, visit, 'answer-by-link-confirm');
      await brixham.click('button:has-text("Confirm")');
      await torbay.goto(handover);
      expect(await torbay.textContent('.tc-responsible')).not.toContain('not confirmed');
      expect(complaints).toEqual([]);
      for (const each of [torbay, page, brixham]) await each.context().close();
    },
    120_000,
  );

  it('is locked by wrong codes: the coordinator reads it, and makes another that is declined with a reason', async () => {
    const visit = { size: desktop, scripts: true };
    const { page: torbay } = await stage.signIn('coordinator-torbay', visit);
    const first = await linkFor(torbay, 'Lockwood', visit);
    const { page } = await stage.visitor({ size: phone, scripts: true });
    await page.goto(first.address);
    for (let i = 0; i < 5; i++) await enter(page, first.code === '111 111' ? '222 222' : '111 111');
    expect(await page.textContent('h1')).toContain('This link is locked');
    await isClean(page, { size: phone, scripts: true }, 'answer-locked');

    await torbay.goto(first.handover);
    expect(await torbay.textContent('main')).toContain('is locked: 5 wrong codes were entered');
    await torbay.click('a:has-text("Make another link to answer with")');
    await torbay.click('button:has-text("Make the link")');
    await page.goto((await torbay.textContent('#answer-link'))!.trim());
    await enter(page, (await torbay.textContent('#answer-code'))!);
    await page.check('input[name=answer][value=declined]');
    await page.check('input[name=reason][value=noCapacity]');
    await page.fill('#detail', 'Full until Friday.');
    await page.fill('#saidBy', 'Jan Example, manager');
    await page.fill('#reachedOn', '01632 960999');
    await page.click('button:has-text("Continue")');
    await page.click('button.nhsuk-button:has-text("Decline")');
    expect(await page.textContent('main')).toContain('you are not responsible');
    expect(await page.textContent('main')).not.toContain('Lockwood');
    await isClean(page, { size: phone, scripts: true }, 'answer-declined');

    await torbay.goto(`${stage.origin}/worklist`);
    const declined = torbay.locator('section[aria-labelledby=notActedOn] li', { hasText: 'Lockwood' });
    await declined.waitFor({ timeout: 10_000 });
    expect(await declined.textContent()).toContain('Brixham Home Care declined by a link with a code: no room');
    for (const each of [torbay, page]) await each.context().close();
  }, 90_000);

  it('is counted apart on the dashboard', async () => {
    const { page } = await stage.signIn('pilot-lead-torbay');
    await page.goto(`${stage.origin}/pilots/torbay`);
    const answers = page.locator('section[aria-labelledby=answers]');
    await answers.locator('strong', { hasText: /[1-9]\d* by a link with a code/ }).waitFor({ timeout: 10_000 });
    await isClean(page, { size: desktop, scripts: true }, 'dashboard-answers');
    await answers.locator('tbody tr').first().locator('a').nth(1).click();
    expect(await page.textContent('main')).toContain('Answered by a link with a code');
    expect(await page.locator('tbody tr').count()).toBeGreaterThan(0);
    await page.context().close();
  }, 60_000);
});
