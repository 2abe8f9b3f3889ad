/**
 * Scenario 10, the wrong Mrs Smith, as a coordinator walks it: found from any page, taken for the wrong one, moved to
 * the right one, and those who had seen it told.
 */
import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { codeWordsIn } from '../support/code-words.js';
import { axe, desktop, isTooWide, phone, picture, wordsOf, type Visit } from './browser.js';
import { answerCriteria, offerToBrixham, responsible, send, takeReferral } from './flows.js';
import type { Stage } from './stage.js';

const cases: readonly [string, string, string, Visit][] = [
  ['at a desk', 'Wrongdesk', 'desktop', { size: desktop, scripts: true }],
  ['on a phone', 'Wrongphone', 'phone', { size: phone, scripts: true }],
  ['without scripts, at a desk', 'Wrongplain', '', { size: desktop, scripts: false }],
  ['without scripts, on a phone', 'Wrongsmall', '', { size: phone, scripts: false }],
];

const entry = (page: Page, title: string) => page.locator('ol.tc-timeline > li', { hasText: title }).first();

/** Clean, in plain words and no wider than the screen; kept as a picture where scripts run. */
async function isClean(page: Page, name: string, word: string): Promise<void> {
  expect(await isTooWide(page)).toBe(false);
  expect(codeWordsIn(await wordsOf(page))).toEqual([]);
  if (word === '') return;
  expect(await axe(page)).toEqual([]);
  await picture(page, `${name}-${word}`);
}

async function findFromAnyPage(page: Page, typed: string): Promise<void> {
  await page.fill('#find-anywhere', typed);
  await page.click('header button:has-text("Find")');
}

/** Scenario 10 itself. @param ways in how many ways of using a browser */
export const scenario10 = (stage: Stage, ways = cases.length): void =>
  describe('10. The wrong Mrs Smith', () => {
    it.each(cases.slice(0, ways))(
      'a handover accepted on the wrong record is moved to the right one: %s',
      async (_, surname, word, visit) => {
        const { page: torbay, complaints } = await stage.signIn('coordinator-torbay', visit);
        const { page: brixham } = await stage.signIn('coordinator-brixham', visit);
        await takeReferral(torbay, stage.origin, surname, { day: '4' });
        const right = torbay.url();
        await takeReferral(torbay, stage.origin, surname);
        const wrong = torbay.url();
        await offerToBrixham(torbay);
        await torbay.click('button:has-text("Offer this handover")');
        const handover = torbay.url().split('?')[0]!;
        await brixham.goto(`${handover}/accept`);
        await brixham.click('button:has-text("Accept: we take over")');
  
        await findFromAnyPage(torbay, `${surname} 3 4 1930`);
        expect(torbay.url()).toBe(`${stage.origin}/find`);
        await isClean(torbay, 'find-found', word);
        await torbay.click('main .tc-match a');
        expect(torbay.url()).toBe(wrong);
        await entry(torbay, 'Handover accepted by Brixham').locator('text=Belongs to somebody else').click();
        await isClean(torbay, 'wrong-person-find', word);
        await torbay.check('input[name=by][value=name]');
        await torbay.fill('#surname', surname);
        await torbay.fill('#birthDate-day', '4');
        await torbay.fill('#birthDate-month', '4');
        await torbay.fill('#birthDate-year', '1930');
        await torbay.click('main button:has-text("Search")');
        await torbay.click('main button:has-text("Continue")');
        expect(await torbay.textContent('.nhsuk-error-summary')).toContain('Select where it belongs');
        await torbay.check('main input[name=to]');
        await isClean(torbay, 'wrong-person-choose', word);
        await torbay.click('main button:has-text("Continue")');
        const compared = await torbay.textContent('.tc-two');
        for (const text of ['3 April 1930', '4 April 1930', 'NHS number', `Nora ${surname}`])
          expect(compared).toContain(text);
        await isClean(torbay, 'wrong-person-check', word);
        await torbay.click('button:has-text("Move it to Nora")');
  
        expect(await torbay.textContent('h1')).toContain('Moved to the right record');
        expect(await torbay.textContent('main')).toMatch(/Bryn Invented[\s\S]*Tell Brixham Home Care/);
        await isClean(torbay, 'wrong-person-moved', word);
        await torbay.click('text=Open the journey they are on now');
        expect(torbay.url()).toBe(right);
        expect(await responsible(torbay).textContent()).toContain('Brixham Home Care');
        await torbay.goto(wrong);
        expect(await responsible(torbay).textContent()).toContain('Torbay North zone');
        expect(await entry(torbay, 'Handover accepted by Brixham').textContent()).toContain('moved to another record');
        expect((await brixham.goto(wrong))?.status()).toBe(404);
        await brixham.goto(right);
        expect(await responsible(brixham).textContent()).toContain('Your team');
        expect(complaints).toEqual([]);
        await torbay.context().close();
        await brixham.context().close();
      },
      90_000,
    );
  });

export const wrongPersonSuite = (stage: Stage): void => {
  scenario10(stage);

  describe('The wrong Mrs Smith', () => {
  
    it('another organisation’s person shows only whom to ring', async () => {
      const { page: torbay } = await stage.signIn('coordinator-torbay');
      await takeReferral(torbay, stage.origin, 'Elsewhereby');
      const { page: brixham } = await stage.signIn('coordinator-brixham');
      await findFromAnyPage(brixham, 'Elsewhereby 3 4 1930');
      const found = await brixham.textContent('main');
      expect(found).toMatch(/only whom to ring[\s\S]*Torbay North zone[\s\S]*01632/);
      expect(found).not.toMatch(/Nora|1930|older people/);
      await isClean(brixham, 'find-elsewhere', 'desktop');
      await findFromAnyPage(brixham, 'Nobodyby 3 4 1930');
      expect(await brixham.textContent('main')).toContain('Nobody with these details is known here');
      await brixham.click('main button:has-text("Take a referral")');
      expect(await brixham.textContent('h1')).toContain('Nobody found');
      await torbay.context().close();
      await brixham.context().close();
    }, 60_000);
  
    it.each([
      ['at a desk', 'Matchdesk', '5', 'desktop', { size: desktop, scripts: true }],
      ['without scripts, on a phone', 'Matchphone', '6', 'phone', { size: phone, scripts: false }],
    ] as const)(
      'a possible match is answered before a journey opens: %s',
      async (_, surname, day, word, visit) => {
        const { page } = await stage.signIn('coordinator-torbay', visit);
        await takeReferral(page, stage.origin, surname, { day });
        const first = page.url();
        const again = async (givenName: string) => {
          await findFromAnyPage(page, `${surname} ${day} 4 1930`);
          await page.click('main button:has-text("Take a referral")');
          await page.check('input[name=who][value=new]');
          await page.click('main button:has-text("Continue")');
          await page.fill('#givenName', givenName);
          await page.check('input[name=sex][value=female]');
          await page.check('input[name=referrer][value=carer]');
          await page.fill('#reason', 'Cannot get to the shop.');
          await page.check('input[name=urgency][value=soon]');
          await answerCriteria(page);
          await page.check('input[name=key][value=me]');
          await page.click('main button:has-text("Continue")');
          expect(await page.textContent('h1')).toContain('Is it somebody who is known already?');
        };
        await again('Dora');
        if (visit.scripts) await isClean(page, 'possible-match', word);
        await page.click('main button:has-text("Continue")');
        expect(await page.textContent('.nhsuk-error-summary')).toContain('Say whether it is the same person');
        await page.check('main input[value=other]');
        await page.check('main input[value=anotherFirstName]');
        await page.click('main button:has-text("Continue")');
        expect(await page.textContent('main')).toContain('Another first name');
        await page.click('button:has-text("Record the referral")');
        expect(await page.textContent('.tc-person')).toContain(`Dora ${surname}`);
  
        await again('Norah');
        await page.check(`main .nhsuk-fieldset:has-text("Nora ${surname}") input[value=same]`);
        await page.check(`main .nhsuk-fieldset:has-text("Dora ${surname}") input[value=other]`);
        await page.locator(`main .nhsuk-fieldset:has-text("Dora ${surname}") input[value=theySaySo]`).check();
        await page.click('main button:has-text("Continue")');
        await page.click('button:has-text("Record the referral")');
        expect(await page.textContent('.tc-person')).toContain(`Nora ${surname}`);
        await page.click('text=Open the journey');
        expect(page.url()).not.toBe(first);
        await page.context().close();
      },
      90_000,
    );
  
    it('what an entry says is put right, and can be read as it was first written', async () => {
      const { page } = await stage.signIn('coordinator-torbay');
      await takeReferral(page, stage.origin, 'Rightingham');
      const journey = page.url();
      await send(page, `${journey}/contact`, { mode: 'telephone', note: 'Rang about meals.' });
      await page.goto(journey);
      await entry(page, 'Contact').locator('text=Put this entry right').click();
      await page.check('input[name=wrong][value=content]');
      await page.check('input[name="is-mode"][value=visit]');
      await page.check('input[name=reason][value=recordedWrongly]');
      await isClean(page, 'put-right-what-it-says', 'desktop');
      await page.click('button:has-text("Continue")');
      expect(await page.textContent('main form dl')).toMatch(/Visit[\s\S]*Before[\s\S]*Telephone/);
      await page.click('button:has-text("Put it right")');
      const contact = await entry(page, 'Contact').textContent();
      expect(contact).toMatch(/Visit[\s\S]*written down wrongly[\s\S]*As it was first written[\s\S]*Telephone/);
      await isClean(page, 'journey-put-right', 'desktop');
      await page.context().close();
    }, 60_000);
  
    it.each([
      ['desktop', desktop],
      ['phone', phone],
    ] as const)(
      'who looked is listed, the look itself too, on a %s',
      async (word, size) => {
        const { page } = await stage.signIn('coordinator-torbay', { size });
        await takeReferral(page, stage.origin, `Looked${word}`);
        const journey = page.url();
        const { page: auditor } = await stage.signIn('auditor', { size });
        await auditor.goto(`${journey}/access`);
        expect(await auditor.textContent('main')).not.toContain(`Looked${word}`);
        await page.goto(journey);
        await page.click('text=Who looked at this record');
        await page.reload();
        const rows = await page.locator('main tbody tr').allTextContents();
        expect(rows[0]).toMatch(/Cara Made-Up[\s\S]*who looked at this record/);
        expect(rows.join('\n')).toMatch(/Aud Fictional[\s\S]*Audit/);
        await isClean(page, 'who-looked', word);
        await page.context().close();
        await auditor.context().close();
      },
      60_000,
    );
  });
};
