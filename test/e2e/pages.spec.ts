/**
 * Every page, at a desk and on a phone: nothing that axe finds, nothing wider than the screen, no word of the code,
 * nothing in the console.
 */
import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { PersonaId } from '#access';
import { isTooWide, picture } from './browser.js';
import { isClean, sizes } from './journeys.js';
import { setStage } from './stage.js';

const stage = setStage();

/** Pages that a persona reaches by their address alone. */
const addresses: readonly [PersonaId, string, string][] = [
  ['coordinator-torbay', 'worklist', '/worklist'],
  ['coordinator-torbay', 'worklist-organisation', '/worklist?whose=organisation'],
  ['coordinator-torbay', 'worklist-nothing-of-mine', '/worklist?whose=mine'],
  ['coordinator-torbay', 'worklist-narrowed', '/worklist?urgency=urgent&waiting=1&boundary=community%3EsocialCare'],
  ['coordinator-torbay', 'meeting', '/teams/torbay-north-zone/meeting'],
  ['coordinator-torbay', 'tonight', '/worklist/tonight'],
  ['duty-manager-torbay', 'tonight-of-a-duty-manager', '/worklist/tonight'],
  ['coordinator-torbay', 'what-changed', '/worklist/changes?since=2011-02-21T08:00'],
  ['coordinator-torbay', 'search', '/referrals/new'],
  ['coordinator-torbay', 'whom-to-ring', '/teams'],
  ['administrator', 'pathways', '/pathways'],
  ['coordinator-torbay', 'pathway-torbay', '/pathways/torbay-older-people'],
  ['coordinator-torbay', 'pathway-torbay-version-1', '/pathways/torbay-older-people?version=1'],
  ['auditor', 'pathway-northumbria', '/pathways/northumbria-copd'],
  ['auditor', 'pathway-wakefield', '/pathways/wakefield-substance-misuse'],
  ['coordinator-brixham', 'notices-of-a-team', '/notices'],
  ['duty-manager-torbay', 'notices-of-a-duty-manager', '/notices'],
  ['coordinator-torbay', 'find', '/find'],
  ['pilot-lead-torbay', 'dashboard', '/pilots/torbay?from=2010-03-02&to=2011-03-02'],
  ['pilot-lead-torbay', 'cases-behind-a-figure', '/metrics/h2-acceptance/cases?pilot=torbay&outcome=open'],
  ['pilot-lead-torbay', 'metric', '/metrics/h2-acceptance'],
  ['pilot-lead-torbay', 'journeys-of-a-pilot', '/pilots/torbay/journeys?responsible=nobody'],
  ['pilot-lead-torbay', 'people-in-hospital', '/pilots/torbay/stays'],
  ['administrator', 'status', '/status'],
  ['administrator', 'pilots', '/pilots'],
  ['coordinator-torbay', 'status-for-a-coordinator', '/status'],
  ['coordinator-torbay', 'not-found', '/nothing/here'],
  ['administrator', 'not-for-this-role', '/worklist'],
];

const line = (page: Page, group: string, name: string) =>
  page.locator(`section[aria-labelledby=${group}] li`, { hasText: name }).locator('a').first();

/** Pages of the people that the demo opens on (SCENARIOS). */
const scenes: readonly [PersonaId, string, (page: Page) => Promise<void>][] = [
  [
    'coordinator-torbay',
    'journey-nobody-responsible',
    async (page) => line(page, 'nobodyResponsible', 'Fernwell').click(),
  ],
  [
    'duty-manager-torbay',
    'worklist-of-a-colleague',
    async (page) => {
      await page.goto(new URL('/worklist', page.url()).href);
      await page.click('text=Narrow the list, or cover for a colleague');
      await page.locator('.nhsuk-details .tc-inline a').first().click();
    },
  ],
  ['coordinator-torbay', 'handover-declined', async (page) => line(page, 'notActedOn', 'Applecroft').click()],
  [
    'coordinator-torbay',
    'journey',
    async (page) => {
      await line(page, 'notActedOn', 'Applecroft').click();
      await page.click('text=Back to the journey');
    },
  ],
  [
    'coordinator-torbay',
    'teams',
    async (page) => {
      await line(page, 'notActedOn', 'Applecroft').click();
      await page.click('text=Offer it to another team');
    },
  ],
  [
    'coordinator-torbay',
    'offer',
    async (page) => {
      await line(page, 'nobodyResponsible', 'Fernwell').click();
      await page.click('a:has-text("Offer a handover")');
      await page.click('h3 a:has-text("Reablement team")');
    },
  ],
  [
    'coordinator-torbay',
    'offer-with-problems',
    async (page) => {
      await line(page, 'nobodyResponsible', 'Fernwell').click();
      await page.click('a:has-text("Offer a handover")');
      await page.click('h3 a:has-text("Reablement team")');
      await page.check('input[name=risks][value=yes]');
      await page.click('button:has-text("Offer this handover")');
    },
  ],
  [
    'coordinator-torbay',
    'offer-check',
    async (page) => {
      await line(page, 'notActedOn', 'Applecroft').click();
      await page.click('text=Offer it to another team');
      await page.click('h3 a:has-text("English Riviera")');
      await page.click('button:has-text("Offer this handover")');
    },
  ],
  ...['contact', 'care-plan', 'key-worker', 'admission', 'pause', 'close', 'death'].map(
    (form): (typeof scenes)[number] => [
      'coordinator-torbay',
      `form-${form}`,
      async (page) => {
        await line(page, 'nobodyResponsible', 'Fernwell').click();
        await page.goto(`${page.url()}/${form}`);
      },
    ],
  ),
  [
    'coordinator-torbay',
    'put-an-entry-right',
    async (page) => {
      await line(page, 'nobodyResponsible', 'Fernwell').click();
      await page.click('text=Put this entry right >> nth=0');
    },
  ],
  [
    'coordinator-torbay',
    'answer-by-telephone',
    async (page) => {
      await line(page, 'waitingForThem', 'Kettleby').click();
      await page.click('text=They answered by telephone');
    },
  ],
  [
    'coordinator-torbay',
    'withdraw',
    async (page) => {
      await line(page, 'waitingForThem', 'Kettleby').click();
      await page.click('text=Withdraw this handover');
    },
  ],
  [
    'coordinator-torbay',
    'search-found',
    async (page) => {
      await page.goto(`${stage.origin}/referrals/new`);
      await page.fill('#nhsNumber', '943 476 5870');
      await page.click('button:has-text("Search")');
    },
  ],
  [
    'coordinator-torbay',
    'referral',
    async (page) => {
      await page.goto(`${stage.origin}/referrals/new`);
      await page.fill('#nhsNumber', '943 476 5919');
      await page.click('button:has-text("Search")');
      await page.click('button:has-text("Register somebody new")');
    },
  ],
  ['coordinator-brixham', 'handover-to-answer', async (page) => line(page, 'waitingForUs', 'Kettleby').click()],
  [
    'coordinator-brixham',
    'accept',
    async (page) => {
      await line(page, 'waitingForUs', 'Kettleby').click();
      await page.click('a:has-text("Accept")');
    },
  ],
];

describe.each(sizes)('Every page on a %s', (word, size) => {
  it('choosing who to be is clean', async () => {
    const who = await stage.visitor({ size });
    await who.page.goto(stage.origin);
    await isClean(who, `sign-in-${word}`);
    await who.page.context().close();
  }, 30_000);

  it.each(addresses)(
    '%s finds %s clean',
    async (persona, name, address) => {
      const who = await stage.signedIn(persona, { size });
      await who.page.goto(stage.origin + address);
      await isClean(who, `${name}-${word}`);
      await who.page.context().close();
    },
    30_000,
  );

  it.each(scenes)(
    '%s comes to %s and finds it clean',
    async (persona, name, walk) => {
      const who = await stage.signedIn(persona, { size });
      await who.page.goto(stage.origin);
      await walk(who.page);
      await isClean(who, `${name}-${word}`);
      await who.page.context().close();
    },
    60_000,
  );
});

describe('A figure', () => {
  it('opens into its journeys and their entries', async () => {
    const { page } = await stage.signIn('pilot-lead-torbay');
    await page.click('text=Last 12 months');
    await page.locator('#h2-acceptance ~ .tc-table-scroll a').first().click();
    expect(page.url()).toContain('/metrics/h2-acceptance/cases');
    const entry = page.locator('tbody td a.tc-event').first();
    const id = (await entry.getAttribute('href'))!.split('#')[1]!;
    await entry.click();
    expect(await page.locator(`[id="${id}"]`).count()).toBe(1);
    expect(await page.textContent('.tc-person')).toContain('Your role sees records without names');
    await page.context().close();
  }, 30_000);

  it('is downloaded as it stands on the page', async () => {
    const { page } = await stage.signIn('pilot-lead-torbay');
    const answer = await page.request.get(
      `${stage.origin}/pilots/torbay/handovers.csv?from=2010-03-02&to=2011-03-02`,
    );
    expect(answer.headers()['content-type']).toContain('text/csv');
    expect((await answer.text()).split('\r\n')[0]).toMatch(/^pilot,from,to,metric/);
    await page.context().close();
  }, 30_000);

  it('belongs to its own pilot', async () => {
    const { page } = await stage.signIn('pilot-lead-torbay');
    expect((await page.goto(`${stage.origin}/pilots/nene`))?.status()).toBe(404);
    await page.context().close();
  }, 30_000);
});

describe('The meeting on paper', () => {
  it('fits the width of A4, with nothing on it that is only for the screen', async () => {
    const { page } = await stage.signIn('coordinator-torbay', {
      size: { width: 794, height: 1123 },
    });
    await page.goto(`${stage.origin}/teams/torbay-north-zone/meeting`);
    await page.emulateMedia({ media: 'print' });
    await picture(page, 'meeting-on-paper');
    expect(await isTooWide(page)).toBe(false);
    expect(await page.locator('.tc-meeting > li').count()).toBeGreaterThan(1);
    for (const part of ['.tc-meeting__without', 'form', '.tc-navigation'])
      expect(await page.locator(part).first().isVisible()).toBe(false);
    await page.context().close();
  }, 30_000);
});

describe('Signing in and out', () => {
  it('comes back to the page that was asked for, and to no other site', async () => {
    const { page } = await stage.visitor();
    await page.goto(`${stage.origin}/worklist?whose=organisation`);
    await page.click('button[value="coordinator-torbay"]');
    expect(page.url()).toBe(`${stage.origin}/worklist?whose=organisation`);
    await page.click('button:has-text("Sign out")');
    expect(page.url()).toBe(`${stage.origin}/signed-out`);
    await page.goto(`${stage.origin}/sign-in?returnTo=${encodeURIComponent('//example.org/x')}`);
    await page.click('button[value="coordinator-torbay"]');
    expect(new URL(page.url()).origin).toBe(stage.origin);
    await page.context().close();
  }, 30_000);

  it('a page that was signed out of shows nothing any more', async () => {
    const { page } = await stage.signIn('coordinator-torbay');
    const cookies = await page.context().cookies();
    await page.click('button:has-text("Sign out")');
    await page.context().addCookies(cookies);
    await page.goto(`${stage.origin}/worklist`);
    expect(page.url()).toContain('/oidc/');
    await page.context().close();
  }, 30_000);
});
