/**
 * The scenarios of SCENARIOS as people walk them through the pages, two or three at once: one at a desk, one on a phone,
 * with scripts and without. Scenario 10 is wrong-person-suite.ts. The same on every event store.
 */
import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { PersonaId } from '#access';
import { axe, desktop, isTooWide, phone, picture, type Visit } from './browser.js';
import { admitted, offerTo, offerToBrixham, responsible, send, status, takeReferral } from './flows.js';
import type { Stage } from './stage.js';

const live: Visit = { size: desktop, scripts: true };
const onPhone: Visit = { size: phone, scripts: true };
const plain: Visit = { size: desktop, scripts: false };
const plainPhone: Visit = { size: phone, scripts: false };

const text = async (page: Page): Promise<string> => (await page.textContent('main'))!.replace(/\s+/g, ' ');
/** Of the demo, which opens on 1 March 2011. */
const earlier = (day: string, month: string, time: string) => ({
  when: 'earlier', 'occurredAt-day': day, 'occurredAt-month': month, 'occurredAt-year': '2011', 'occurredAt-time': time,
});
const today = (time: string) => earlier('1', '3', time);
const yesterday = (time: string) => earlier('28', '2', time);
const clockOf = (page: Page) => page.textContent('#demo-clock').then((words) => words!.slice(-5));
/** Waits until the demo's clock shows another minute, and says which. */
async function nextMinute(page: Page): Promise<string> {
  const before = await clockOf(page);
  for (;;) {
    await page.reload();
    const now = await clockOf(page);
    if (now !== before) return now;
    await page.waitForTimeout(1000);
  }
}
/** An address of a handover, without what was said on arrival. */
const here = (page: Page): string => page.url().split('?')[0]!;

export const scenariosSuite = (stage: Stage): void => {
  const comes = async (persona: PersonaId, visit: Visit): Promise<Page> => (await stage.signIn(persona, visit)).page;
  const go = (page: Page, path: string) => page.goto(path.startsWith('http') ? path : `${stage.origin}${path}`);

  /** Nothing that axe finds, nothing wider than the screen; and a picture. */
  async function isClean(page: Page, { scripts, size }: Visit, name: string): Promise<void> {
    expect(await isTooWide(page)).toBe(false);
    if (!scripts) return;
    expect(await axe(page)).toEqual([]);
    await picture(page, `${name}-${size === phone ? 'phone' : 'desktop'}`);
  }
  const leave = (...pages: readonly Page[]) => Promise.all(pages.map((page) => page.context().close()));

  /** Somebody new, offered to Brixham. @returns addresses of the journey and of the handover */
  async function offeredToBrixham(page: Page, surname: string) {
    await takeReferral(page, stage.origin, surname);
    const journey = here(page);
    await offerToBrixham(page);
    await page.click('button:has-text("Offer this handover")');
    return { journey, handover: here(page) };
  }

  /** In hospital, ready to leave, and Brixham has accepted for the day of the discharge. */
  async function acceptedForTheDischarge(torbay: Page, brixham: Page, surname: string) {
    await takeReferral(torbay, stage.origin, surname);
    const journey = here(torbay);
    await admitted(torbay, journey);
    await go(torbay, journey);
    await offerTo(torbay, 'Brixham Home Care', 'atDischarge', { day: '4', month: '3', year: '2011' });
    await torbay.click('button:has-text("Offer this handover")');
    const handover = here(torbay);
    await go(brixham, `${handover}/accept`);
    await brixham.click('button:has-text("Accept: we take over")');
    await go(torbay, journey);
    expect(await responsible(torbay).textContent()).toContain('Torbay Hospital, care of the elderly ward');
    return { journey, handover };
  }

  describe('1. Declined, and nobody saw', () => {
    it('my team still holds, the decline stays at the top until somebody acts, the duty manager is told once', async () => {
      const [torbay, brixham, manager] = [
        await comes('coordinator-torbay', live),
        await comes('coordinator-brixham', plainPhone),
        await comes('duty-manager-torbay', onPhone),
      ];
      // Declined at 17:05 yesterday, after everybody had left.
      const told = manager.locator('section[aria-labelledby=unread] li', { hasText: 'Harold Applecroft' });
      await told.first().waitFor();
      expect(await told.count()).toBe(1);
      expect(await told.textContent()).toMatch(/declined, and nobody of the team has seen it[\s\S]*Ring Torbay North zone/);
      await isClean(manager, onPhone, 'scenario-1-duty-manager');

      const { journey, handover } = await offeredToBrixham(torbay, 'Unseenly');
      await send(brixham, `${handover}/decline`, { reason: 'noCapacity' });
      await go(torbay, '/worklist');
      const top = torbay.locator('section[aria-labelledby=notActedOn] li', { hasText: 'Unseenly' });
      expect(await top.textContent()).toMatch(/Brixham Home Care declined: no room[\s\S]*You are responsible/);
      await isClean(torbay, live, 'scenario-1-declined');
      // To have looked at it is not to have acted on it.
      await top.locator('a').first().click();
      await go(torbay, '/worklist');
      await top.waitFor();
      await go(torbay, journey);
      expect(await responsible(torbay).textContent()).toContain('Torbay North zone');
      await send(torbay, `${handover}/act-on`, {});
      await go(torbay, '/worklist');
      expect(await top.count()).toBe(0);

      await told.locator('button').click();
      await go(manager, '/notices');
      expect(await manager.locator('section[aria-labelledby=unread] li', { hasText: 'Harold Applecroft' }).count()).toBe(0);
      await leave(torbay, brixham, manager);
    }, 90_000);
  });

  describe('2. Accepted after it was withdrawn', () => {
    it('she reads that she is not responsible; what was said by telephone stands beside it until it is settled', async () => {
      const torbay = await comes('coordinator-torbay', plain);
      const brixham = await comes('coordinator-brixham', onPhone);
      const { journey, handover } = await offeredToBrixham(torbay, 'Withdrawnly');
      // The telephone rang after the offer and before it was withdrawn: times are given to the minute.
      const rang = await nextMinute(torbay);
      await go(brixham, `${handover}/accept`);
      await send(torbay, `${handover}/withdraw`, { reason: 'noLongerNeeded' });
      await brixham.click('button:has-text("Accept: we take over")');
      expect(await brixham.textContent('.nhsuk-error-summary')).toMatch(/Withdrawn at \d\d:\d\d: you are not responsible/);
      await isClean(brixham, onPhone, 'scenario-2-withdrawn');

      await send(brixham, `${handover}/report`, {
        answer: 'accepted', spokenTo: 'Cara of the zone', ...today(rang),
      });
      await go(torbay, handover);
      expect(await status(torbay).textContent()).toContain('Two accounts of the answer stand against each other: you are still responsible');
      await send(torbay, `${handover}/settle`, { holder: 'sender', agreedWith: 'Bryn, by telephone' });
      await go(torbay, journey);
      expect(await responsible(torbay).textContent()).toContain('Torbay North zone');
      await leave(torbay, brixham);
    }, 90_000);
  });

  describe('3. Two accept', () => {
    it('within a second: one holds, the other reads who does, and its offer closes', async () => {
      const torbay = await comes('coordinator-torbay', live);
      const telephone = await comes('coordinator-torbay', plainPhone);
      const brixham = await comes('coordinator-brixham', plain);
      const { journey, handover: first } = await offeredToBrixham(torbay, 'Bothly');
      await go(torbay, journey);
      await offerTo(torbay, 'English Riviera Home Care', 'now');
      await torbay.click('button:has-text("Offer this handover")');
      const second = here(torbay);
      // Bryn answers on the screen; English Riviera, which has no account here, at the same moment by telephone.
      await go(brixham, `${first}/accept`);
      await go(telephone, `${second}/report`);
      await telephone.check('input[name=answer][value=accepted]');
      await telephone.fill('#spokenTo', 'Rita, English Riviera');
      await telephone.click('main form button.nhsuk-button');
      await Promise.all([
        brixham.click('button:has-text("Accept: we take over")'),
        telephone.click('button:has-text("Record the answer")'),
      ]);

      const [brixhamLost, rivieraLost] = await Promise.all(
        [brixham, telephone].map(async (page) => (await page.locator('.nhsuk-error-summary').count()) > 0),
      );
      expect(brixhamLost).toBe(!rivieraLost);
      const [loser, holds] = brixhamLost ? [brixham, 'English Riviera Home Care'] : [telephone, 'Brixham Home Care'];
      expect(await loser.textContent('.nhsuk-error-summary')).toContain(`${holds} accepted`);
      await go(torbay, journey);
      expect(await responsible(torbay).textContent()).toContain(holds);
      expect(await text(torbay)).toMatch(/Withdrawn \(another team accepted/i);
      await isClean(torbay, live, 'scenario-3-two-accepted');
      await leave(torbay, telephone, brixham);
    }, 90_000);
  });

  describe('4. Dies while an offer is open', () => {
    it('the offer stops, the receiver reads "do not contact", and a death in error revives nothing', async () => {
      const torbay = await comes('coordinator-torbay', onPhone);
      const brixham = await comes('coordinator-brixham', live);
      const { journey, handover } = await offeredToBrixham(torbay, 'Mournly');
      await send(torbay, `${journey}/death`, { place: 'usualResidence', when: 'now' });
      await go(brixham, handover);
      expect(await status(brixham).textContent()).toContain('Stopped: the person has died. Do not contact');
      await isClean(brixham, live, 'scenario-4-do-not-contact');
      expect(await brixham.locator('main a:has-text("Accept")').count()).toBe(0);

      // It was somebody else who had died.
      await go(torbay, journey);
      await torbay.locator('ol.tc-timeline > li', { hasText: 'Died' }).first().locator('a:has-text("Put this entry right")').click();
      await torbay.check('input[name=wrong][value=all]');
      await torbay.check('input[name=reason][value=wrongPerson]');
      await torbay.click('button:has-text("Continue")');
      await torbay.click('button:has-text("Put it right")');
      await go(torbay, handover);
      expect(await status(torbay).textContent()).toContain('Stopped by a death that was recorded in error: offer it again if it is still needed');
      await go(brixham, '/worklist');
      expect(await brixham.locator('section[aria-labelledby=waitingForUs] li', { hasText: 'Mournly' }).count()).toBe(0);
      await leave(torbay, brixham);
    }, 90_000);
  });

  describe('5. Accepted in time, recorded late', () => {
    it('the clock uses the earlier time, and the notice to the duty manager stays, marked "answered before, recorded late"', async () => {
      const manager = await comes('duty-manager-torbay', live);
      const brixham = await comes('coordinator-brixham', plainPhone);
      const told = manager.locator('main li', { hasText: 'Stanley Kettleby' });
      await told.first().waitFor();
      await brixham.locator('section[aria-labelledby=waitingForUs] li', { hasText: 'Stanley Kettleby' }).locator('a').first().click();
      const handover = here(brixham);
      await send(brixham, `${handover}/accept`, yesterday('16:40'));
      await go(brixham, handover);
      expect(await status(brixham).textContent()).toContain('you have been responsible since 28 February 2011 at 16:40');
      expect(await text(brixham)).toContain('Answered before the deadline, recorded late.');
      await go(manager, '/notices');
      await told.first().waitFor();
      expect(await told.first().textContent()).toContain('Answered before, recorded late.');
      await isClean(manager, live, 'scenario-5-recorded-late');
      await leave(manager, brixham);
    }, 90_000);
  });

  describe('6. The organisation closed', () => {
    it('the offer is refused with the successor named, the discharge is recorded, and the screen says nobody has accepted', async () => {
      const torbay = await comes('coordinator-torbay', plain);
      const manager = await comes('duty-manager-torbay', plainPhone);
      await takeReferral(torbay, stage.origin, 'Closingly');
      const journey = here(torbay);
      await admitted(torbay, journey);
      await go(torbay, `${journey}/offer?to=harbourside-home-care-team`);
      expect(await torbay.textContent('[role=alert]')).toMatch(/closed on 28 February 2011[\s\S]*English Riviera Home Care/);
      await send(torbay, `${journey}/discharge`, { destination: 'usualResidence', expectedReceiver: 'harbourside-home-care-team' });
      await go(torbay, journey);
      expect(await responsible(torbay).textContent()).toContain('Nobody has accepted; last held by Torbay Hospital, care of the elderly ward');
      expect(await text(torbay)).toContain('The person left hospital to a team that has closed');
      await go(torbay, '/worklist');
      const alarmed = torbay.locator('section[aria-labelledby=nobodyResponsible] li', { hasText: 'Closingly' });
      expect(await alarmed.locator('a[href^="tel:"]').count()).toBeGreaterThan(0);
      // The duty manager of the same organisation reads the same.
      await go(manager, journey);
      expect(await responsible(manager).textContent()).toContain('Nobody has accepted');
      await leave(torbay, manager);
    }, 90_000);
  });

  describe('7. Deteriorates', () => {
    it('the ward holds her, and Brixham is told', async () => {
      const torbay = await comes('coordinator-torbay', plainPhone);
      const brixham = await comes('coordinator-brixham', live);
      const { journey } = await acceptedForTheDischarge(torbay, brixham, 'Worsely');
      await send(torbay, `${journey}/not-ready`, { detail: 'A fever in the night.', when: 'now' });
      await go(torbay, journey);
      expect(await responsible(torbay).textContent()).toContain('Torbay Hospital, care of the elderly ward');
      await go(brixham, '/notices');
      const told = brixham.locator('section[aria-labelledby=unread] li', { hasText: 'Worsely' });
      await told.waitFor();
      expect(await told.textContent()).toContain('Got worse and stays in hospital for now');
      await isClean(brixham, live, 'scenario-7-told');
      await leave(torbay, brixham);
    }, 120_000);
  });

  describe('8. Home early', () => {
    it('Brixham holds from the discharge, is alerted, and its clock to the first contact starts', async () => {
      const torbay = await comes('coordinator-torbay', live);
      const brixham = await comes('coordinator-brixham', onPhone);
      const { journey, handover } = await acceptedForTheDischarge(torbay, brixham, 'Earlyly');
      await send(torbay, `${journey}/discharge`, { destination: 'usualResidence' });
      await go(brixham, '/notices');
      const told = brixham.locator('section[aria-labelledby=unread] li', { hasText: 'Earlyly' });
      await told.waitFor();
      expect(await told.textContent()).toMatch(/home|left hospital/i);
      await isClean(brixham, onPhone, 'scenario-8-alerted');
      await go(brixham, handover);
      expect(await status(brixham).textContent()).toContain('you have been responsible since 1 March 2011');
      await brixham.click('a:has-text("Record the first contact")');
      await brixham.check('input[name=mode][value=visit]');
      await brixham.click('button:has-text("Record")');
      await go(torbay, journey);
      expect(await responsible(torbay).textContent()).toContain('Brixham Home Care');
      expect(await torbay.textContent('ol.tc-timeline')).toContain('First contact by Brixham Home Care');
      await leave(torbay, brixham);
    }, 120_000);
  });

  describe('9. A telephone acceptance disputed', () => {
    it('both accounts show, my team holds from now, and the disputed hours are flagged', async () => {
      const torbay = await comes('coordinator-torbay', live);
      const brixham = await comes('coordinator-brixham', plainPhone);
      const { journey, handover } = await offeredToBrixham(torbay, 'Deniedly');
      await send(torbay, `${handover}/report`, { answer: 'accepted', spokenTo: 'Jan, duty manager', when: 'now' });
      expect(await text(torbay)).toMatch(/reported, not confirmed/i);
      await go(torbay, journey);
      expect(await responsible(torbay).textContent()).toContain('Brixham Home Care');
      await send(brixham, `${handover}/dispute`, { detail: 'Jan was not on duty.' });
      await torbay.locator('.tc-responsible__answer', { hasText: 'Torbay North zone' }).waitFor({ timeout: 30_000 });
      expect(await text(torbay)).toContain('Two accounts stand against each other about who holds');
      await isClean(torbay, live, 'scenario-9-disputed');
      await go(torbay, handover);
      expect(await text(torbay)).toMatch(/Jan, duty manager[\s\S]*Jan was not on duty\./);
      await leave(torbay, brixham);
    }, 90_000);
  });
};
