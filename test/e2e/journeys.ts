/** What tests of pages have in common, of those of one journey above all. */
import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { codeWordsIn } from '../support/code-words.js';
import { axe, desktop, isTooWide, phone, picture, wordsOf, type Visit, type Visitor } from './browser.js';
import type { Stage } from './stage.js';

export const sizes = [
  ['desktop', desktop],
  ['phone', phone],
] as const;

export async function isClean({ page, complaints }: Visitor, name: string): Promise<void> {
  await picture(page, name);
  const found = { axe: await axe(page), tooWide: await isTooWide(page), codeWords: codeWordsIn(await wordsOf(page)) };
  expect({ page: name, ...found, complaints }).toEqual({
    page: name,
    axe: [],
    tooWide: false,
    codeWords: [],
    complaints: [],
  });
}

/** Opens the journey of somebody on the worklist. */
export async function atJourneyOf(stage: Stage, name: string, group: string, visit?: Visit): Promise<Visitor> {
  const who = await stage.signIn('coordinator-torbay', visit);
  const { page } = who;
  await page.locator(`section[aria-labelledby=${group}] li`, { hasText: name }).locator('a').first().click();
  const back = page.locator('text=Back to the journey');
  if ((await back.count()) > 0) await back.click();
  return who;
}

export const bare = (page: Page): string => page.url().split(/[?#]/)[0]!;
