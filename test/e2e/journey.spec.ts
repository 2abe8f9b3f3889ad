/** A journey looked back on, and followed to the first contact: with scripts and without. */
import { describe, expect, it } from '@jest/globals';
import { offerToBrixham, send, takeReferral } from './flows.js';
import { atJourneyOf, bare, isClean, sizes } from './journeys.js';
import { setStage } from './stage.js';

const stage = setStage();

describe.each(sizes)('A journey as known earlier, on a %s', (word, size) => {
  it('says above all that it is not the present, and offers nothing to do', async () => {
    const who = await atJourneyOf(stage, 'Applecroft', 'notActedOn', { size });
    const { page } = who;
    await page.click('#known summary');
    await page.click('#known a:has-text("Earlier")');
    expect(await page.textContent('h1')).toContain('As known on');
    expect(await page.textContent('#known')).toContain('This is not how things stand now.');
    expect(await page.textContent('.tc-responsible')).toContain('Who was responsible, as known on');
    expect(await page.locator('main form[method=post], main a:has-text("Put this entry right")').count()).toBe(0);
    const handoversOfNow = 'main [data-still] a[href*="/handovers/"]:not([href*="/sheet?knownAt="])';
    expect(await page.locator(`main[data-live], ${handoversOfNow}`).count()).toBe(0);
    await isClean(who, `journey-as-known-${word}`);

    await page.click('#known a:has-text("recorded since")');
    expect(await page.textContent('h1')).toContain('What has been recorded since');
    await isClean(who, `journey-recorded-since-${word}`);
    await page.context().close();
  }, 60_000);

  it('before its first entry says that nothing was known', async () => {
    const who = await atJourneyOf(stage, 'Applecroft', 'notActedOn', { size });
    const { page } = who;
    expect((await page.goto(`${bare(page)}?knownAt=1990-01-01T00:00:00.000Z`))?.status()).toBe(404);
    expect(await page.textContent('h1')).toBe('Nothing was known of this journey then');
    await isClean(who, `journey-nothing-known-${word}`);
    await page.click('text=see it as known then');
    expect(await page.textContent('h1')).toContain('As known on');
    expect(await page.locator('#known a:has-text("Earlier")').count()).toBe(0);
    await page.context().close();
  }, 60_000);
});

describe('From moment to moment', () => {
  it('a coordinator goes by list and links where no scripts run, and every state has its address', async () => {
    const { page } = await atJourneyOf(stage, 'Applecroft', 'notActedOn', { scripts: false });
    const journey = bare(page);
    await page.click('#known summary');
    const first = page.locator('#known-at option').first();
    await page.selectOption('#known-at', (await first.getAttribute('value'))!);
    await page.click('#known button:has-text("Show")');
    expect(page.url()).toBe(`${journey}?knownAt=${await first.getAttribute('value')}#known`);
    await page.click('#known a:has-text("Later")');
    const address = page.url();
    const heading = await page.textContent('h1');
    await page.click('a.nhsuk-button:has-text("Back to now")');
    expect(page.url()).toBe(journey);
    await page.goto(address);
    expect(await page.textContent('h1')).toBe(heading);
    await page.context().close();
  }, 60_000);

  it('a slider goes there too: by mouse when it is let go, by keyboard with the button', async () => {
    const { page } = await atJourneyOf(stage, 'Applecroft', 'notActedOn');
    await page.click('#known summary');
    const slider = page.locator('#known input[type=range]');
    const box = (await slider.boundingBox())!;
    await page.mouse.click(box.x + 4, box.y + box.height / 2);
    await page.waitForURL(/knownAt=/);
    expect(await page.inputValue('#known-at')).toBe(
      await page.locator('#known-at option').first().getAttribute('value'),
    );

    await page.locator('#known input[type=range]').focus();
    await page.keyboard.press('ArrowRight');
    const said = await page.locator('#known input[type=range]').getAttribute('aria-valuetext');
    expect(said).toBe(await page.locator('#known-at option').nth(1).textContent());
    expect(await page.inputValue('#known-at')).not.toBe(new URL(page.url()).searchParams.get('knownAt'));
    const before = page.url();
    await page.click('#known button:has-text("Show")');
    expect(page.url()).not.toBe(before);
    await page.context().close();
  }, 60_000);

  it('beyond now there is only now', async () => {
    const { page } = await atJourneyOf(stage, 'Applecroft', 'notActedOn');
    const journey = bare(page);
    await page.goto(`${journey}?knownAt=2099-01-01T00:00:00.000Z`);
    expect(page.url()).toBe(journey);
    expect((await page.goto(`${journey}?knownAt=yesterday`))?.status()).toBe(404);
    await page.context().close();
  }, 60_000);

  it('an organisation that was only asked sees no earlier state either', async () => {
    const { page } = await stage.signIn('coordinator-brixham');
    await page
      .locator('section[aria-labelledby=waitingForUs] li', { hasText: 'Kettleby' })
      .locator('a')
      .first()
      .click();
    const journey = page.url().replace(/\/handovers\/.*/, '');
    await page.goto(`${journey}?knownAt=1`);
    expect(page.url()).toContain('/handovers/');
    expect((await page.goto(`${journey}/since?knownAt=1`))?.status()).toBe(404);
    await page.context().close();
  }, 60_000);
});

describe('From the order to the first contact', () => {
  it('what is ordered stays until it comes, and the receiver says whether the handover was right', async () => {
    const torbay = await stage.signIn('coordinator-torbay');
    const { page } = torbay;
    await takeReferral(page, stage.origin, 'Orderly');
    const journey = bare(page);
    await send(page, `${journey}/place-order`, {
      kind: 'equipment',
      what: 'A commode, to stand beside the bed.',
      'promisedOn-day': '3',
      'promisedOn-month': '3',
      'promisedOn-year': '2011',
    });
    expect(await page.textContent('section[aria-labelledby=orders]')).toContain('Promised by 3 March 2011');
    await isClean(torbay, 'journey-with-an-order-desktop');
    await page.click('section[aria-labelledby=orders] a:has-text("It did not come")');
    await isClean(torbay, 'form-order-did-not-come-desktop');
    await send(page, page.url(), { reason: 'notInStock' });
    expect(await page.textContent('section[aria-labelledby=orders]')).toContain(
      'No day has been promised: ask for one',
    );
    const delivered = await page.getAttribute('section[aria-labelledby=orders] a:has-text("It came")', 'href');
    await send(page, stage.origin + delivered, {});
    expect(await page.locator('section[aria-labelledby=orders]').count()).toBe(0);
    expect((await page.goto(`${journey}/order-delivered?order=nothing`))?.status()).toBe(404);

    await page.goto(journey);
    await offerToBrixham(page);
    await page.click('button:has-text("Offer this handover")');
    const handover = bare(page);

    const brixham = await stage.signIn('coordinator-brixham');
    // Opening is seeing: paper does not read an offer for whoever is asked.
    await brixham.page.goto(`${handover}/sheet`);
    expect(bare(brixham.page)).toBe(handover);
    await brixham.page.click('text=Print this handover');
    expect(await brixham.page.textContent('.tc-paper')).not.toContain('Responsible now');
    await send(brixham.page, `${handover}/accept`, {});
    await brixham.page.goto(`${handover}/first-contact`);
    await brixham.page.check('input[name=asDescribed][value=partly]');
    await isClean(brixham, 'form-first-contact-desktop');
    await send(brixham.page, `${handover}/first-contact`, {
      mode: 'visit',
      asDescribed: 'partly',
      missing: 'medicines',
      missingDetail: 'Insulin twice a day.',
    });
    await brixham.page.context().close();

    await page.goto(handover);
    expect(await page.textContent('#found ~ dl')).toMatch(/Partly.*Medicines.*Insulin twice a day\./s);
    await isClean(torbay, 'handover-with-verdict-desktop');
    await page.goto(`${journey}/story`);
    expect(await page.textContent('.tc-story')).toContain('missing most: medicines');
    await isClean(torbay, 'journey-story-to-first-contact-desktop');
    await page.context().close();
  }, 120_000);
});
