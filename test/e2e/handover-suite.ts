/**
 * The heart, in two browsers at once: a coordinator in Torbay, and one of another organisation in Brixham. The same on
 * every event store that the product runs on.
 */
import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { axe, desktop, isTooWide, phone, picture, type Visit } from './browser.js';
import { offerToBrixham, responsible, send, status, takeReferral } from './flows.js';
import type { Stage } from './stage.js';

const wait = { timeout: 5_000 };

const cases: readonly [string, string, Visit][] = [
  ['live, at a desk', 'Deskworth', { size: desktop, scripts: true }],
  ['live, on a phone', 'Phonely', { size: phone, scripts: true }],
  ['without scripts, at a desk', 'Plainfield', { size: desktop, scripts: false }],
  ['without scripts, on a phone', 'Plainsmith', { size: phone, scripts: false }],
];

export const handoverSuite = (name: string, stage: Stage): void =>
  describe(name, () => {

    it.each(cases)(
      'is offered, seen, accepted and begun: %s',
      async (_, surname, visit) => {
        const { page: torbay, complaints } = await stage.signIn('coordinator-torbay', visit);
        const { page: brixham } = await stage.signIn('coordinator-brixham', visit);
        /** Without scripts somebody loads the page again; with them, nobody does anything. */
        const lookAgain = async (page: Page) => void (visit.scripts || (await page.goto(page.url())));

        await takeReferral(torbay, stage.origin, surname);
        const word = `${visit.size === phone ? 'phone' : 'desktop'}`;
        if (visit.scripts) await picture(torbay, `journey-just-referred-${word}`);
        expect(await responsible(torbay).textContent()).toContain('Torbay North zone');

        await offerToBrixham(torbay);
        expect(await torbay.textContent('main')).toMatch(/Answer needed by[\s\S]*in their opening hours/);
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

    it('takes three pages from the journey to the offer: whom, what, and to check it', async () => {
      const { page } = await stage.signIn('coordinator-torbay');
      await takeReferral(page, stage.origin, 'Newcomely');
      const pages: string[] = [];
      page.on('framenavigated', (frame) => frame === page.mainFrame() && pages.push(frame.url()));
      await offerToBrixham(page);
      expect(pages).toHaveLength(3);
      await page.click('button:has-text("Offer this handover")');
      expect(await status(page).textContent()).toContain('Offered, not seen yet');
      await page.context().close();
    }, 60_000);

    it('shows the receiver only what the offer carries, and nothing new once they have declined', async () => {
      const { page: torbay } = await stage.signIn('coordinator-torbay');
      const { page: brixham } = await stage.signIn('coordinator-brixham');
      await takeReferral(torbay, stage.origin, 'Declinton');
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

      await torbay.goto(`${stage.origin}/worklist`);
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
      const { page } = await stage.signIn('coordinator-torbay', { scripts: false });
      await takeReferral(page, stage.origin, 'Twicely');
      const journey = page.url();
      await offerToBrixham(page);
      const form = (await page.evaluate(
        `Object.fromEntries([...new FormData(document.querySelector('main form')).entries(), ['_step', 'do']])`,
      )) as Record<string, string>;
      const action = await page.getAttribute('main form', 'action');
      const send = () => page.request.post(`${stage.origin}${action}`, { form, maxRedirects: 0 });
      const [first, second] = await Promise.all([send(), send()]);
      expect([first.status(), second.status()]).toEqual([303, 303]);
      expect(first.headers()['location']).toBe(second.headers()['location']);
      await page.goto(journey);
      expect(await page.locator('section[aria-labelledby=handovers] li').count()).toBe(1);
      await page.context().close();
    }, 60_000);

    it('refuses a team that has closed, and names who took over', async () => {
      const { page } = await stage.signIn('coordinator-torbay');
      await takeReferral(page, stage.origin, 'Closedly');
      await page.goto(`${page.url()}/offer?to=harbourside-home-care-team`);
      expect(await page.textContent('[role=alert]')).toMatch(
        /closed on 28 February 2011[\s\S]*English Riviera Home Care/,
      );
      expect(await axe(page)).toEqual([]);
      await page.click('text=Ask English Riviera Home Care');
      expect(await page.textContent('h1')).toContain('English Riviera Home Care');
      await page.context().close();
    }, 60_000);

    it('has two accounts where one team writes down an answer by telephone and the other denies it', async () => {
      const { page: torbay } = await stage.signIn('coordinator-torbay', { scripts: false });
      const { page: brixham } = await stage.signIn('coordinator-brixham', { scripts: false });
      await takeReferral(torbay, stage.origin, 'Disputely');
      await offerToBrixham(torbay);
      await torbay.click('button:has-text("Offer this handover")');
      const handover = torbay.url().split('?')[0]!;
      await send(torbay, `${handover}/report`, { answer: 'accepted', spokenTo: 'Jan, duty manager', when: 'now' });
      expect(await torbay.textContent('main')).toMatch(/reported, not confirmed/i);

      await brixham.goto(handover);
      await brixham.click('text=That was not said');
      await brixham.fill('#detail', 'Jan was not on duty.');
      await brixham.click('button:has-text("Deny it")');
      await torbay.goto(handover);
      expect(await status(torbay).textContent()).toContain(
        'Two accounts of the answer stand against each other: you are still responsible',
      );
      expect(await torbay.textContent('main')).toContain('Jan was not on duty.');

      await send(torbay, `${handover}/settle`, { holder: 'receiver', agreedWith: 'Jan, by telephone' });
      expect(await responsible(torbay).textContent()).toContain('Brixham Home Care');
      await torbay.context().close();
      await brixham.context().close();
    }, 60_000);

    it('goes on through contacts, a plan, a hospital stay and the way home', async () => {
      const { page } = await stage.signIn('coordinator-torbay', { scripts: false });
      await takeReferral(page, stage.origin, 'Stayley');
      const journey = page.url();
      const done = async (form: string, answers: Readonly<Record<string, string>>) => {
        await send(page, `${journey}/${form}`, answers);
        expect(await page.textContent('.nhsuk-notification-banner')).toContain('Done');
      };
      await done('contact', { mode: 'visit', kind: 'home-visit', note: 'Walks with a frame.' });
      await done('care-plan', { goals: 'To walk to the shop again.' });
      await done('review-plan', { changes: 'A rail at the steps.' });
      await done('key-worker', { who: 'me' });
      await done('pause', { reason: 'awayFromHome' });
      await done('resume', {});
      await done('admission', { ward: 'torbay-hospital-care-of-the-elderly-ward', method: '21' });
      expect(await responsible(page).textContent()).toContain('Torbay Hospital, care of the elderly ward');
      await done('ready', { clinicalDecision: 'yes', teamDecision: 'yes', safeToTransfer: 'yes' });
      await done('not-ready', { detail: 'A fever in the night.' });
      await done('discharge', { destination: 'usualResidence' });
      expect(await responsible(page).textContent()).toContain('Torbay North zone');
      await page.locator('li', { hasText: 'Ready to leave hospital' }).locator('a').first().click();
      await page.check('input[name=wrong][value=all]');
      await page.check('input[name=reason][value=recordedWrongly]');
      await page.click('button:has-text("Continue")');
      await page.click('button:has-text("Put it right")');
      await done('close', { reason: 'goalsMet', agreedWith: 'Her daughter' });
      expect(await responsible(page).textContent()).toContain('Ended');
      await page.context().close();
    }, 90_000);

    it('shows nothing, and writes nothing down, where an unchanged page asks for itself again', async () => {
      const { page } = await stage.signIn('coordinator-torbay');
      const ask = (tag: string) =>
        page.evaluate(
          `fetch(location.href, { cache: 'no-store', headers: { 'x-live-refresh': '1', 'if-none-match': ${JSON.stringify(tag)} } })
          .then(async (answer) => [answer.status, (await answer.text()).length > 0])`,
        );
      const tag = (await page.getAttribute('main', 'data-live-tag'))!;
      expect(await ask(tag)).toEqual([304, false]);
      expect(await ask('"another"')).toEqual([200, true]);
      await page.context().close();
    }, 30_000);

    it('an open page whose line to the server is down says that it shows the past, and since when', async () => {
      const { page } = await stage.signIn('coordinator-torbay');
      await page.context().setOffline(true);
      await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
      const lost = page.locator('#live-lost');
      await lost.waitFor({ state: 'visible' });
      expect(await lost.innerText()).toMatch(/cannot reach Throughcare\..* stood at \d\d:\d\d,/);
      expect(await page.innerText('#freshness')).toBe('Not known whether this is up to date.');
      expect(await axe(page)).toEqual([]);
      await picture(page, 'worklist-without-a-line');
      await page.context().setOffline(false);
      await lost.waitFor({ state: 'hidden', timeout: 30_000 });
      expect(await page.innerText('#freshness')).toMatch(/^Up to date|^Catching up/);
      await page.context().close();
    }, 60_000);

    it('is not changed by a form without this session’s token', async () => {
      const { page } = await stage.signIn('coordinator-torbay');
      const answer = await page.request.post(`${stage.origin}/referrals/new`, {
        form: { _step: 'search', by: 'number', nhsNumber: '9434765870' },
      });
      expect(answer.status()).toBe(403);
      expect(await answer.text()).toContain('This form is out of date');
      await page.context().close();
    }, 30_000);
  });
