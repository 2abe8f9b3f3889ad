/** Browsers for tests: real ones, one a file, each visitor in a context of their own. */
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import chromium from '@sparticuz/chromium';
import { chromium as playwright, type Browser, type Page } from 'playwright-core';

/**
 * The package's arguments suit a function in the cloud that serves one visitor: in a single process every context would
 * share one store of cookies, and without web security a policy that is broken would not be noticed.
 */
const shared = /single-process|no-zygote|web-security|insecure-content|site-isolation|IsolateOrigins/;
/** Our pages draw nothing in three dimensions; a graphics card imitated by the processor took half the time of each. */
const imitated = /gpu|angle|swiftshader/;

export const launch = async (): Promise<Browser> =>
  playwright.launch({
    executablePath: await chromium.executablePath(),
    args: [
      ...chromium.args.filter((arg) => !shared.test(arg) && !imitated.test(arg)),
      '--no-sandbox', '--disable-background-networking', '--disable-gpu', '--disable-software-rasterizer',
    ],
    headless: true,
  });

export const desktop = { width: 1280, height: 900 } as const;
export const phone = { width: 390, height: 844 } as const;

export interface Visit {
  readonly size?: { readonly width: number; readonly height: number };
  readonly scripts?: boolean;
}

/** A person at a browser of their own. What the browser complains about is kept in `complaints`. */
export interface Visitor {
  readonly page: Page;
  readonly complaints: readonly string[];
}

export async function visitor(browser: Browser, { size = desktop, scripts = true }: Visit = {}): Promise<Visitor> {
  const context = await browser.newContext({ viewport: { ...size }, javaScriptEnabled: scripts });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    // A form that is refused answers 409 or 422, which the browser reports as if a file were missing.
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) complaints.push(message.text());
  });
  return { page, complaints };
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly target: readonly string[] }[];
}

/** What axe finds against WCAG 2.2 AA and its own best practices, as `rule: element`. */
export async function axe(page: Page): Promise<readonly string[]> {
  await page.evaluate(axeSource);
  const violations = await page.evaluate(
    `axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then(({ violations }) => violations)`,
  );
  return (violations as Violation[]).flatMap(({ id, nodes }) =>
    nodes.map(({ target }) => `${id}: ${target.join(' ')}`),
  );
}

/** The same of a page whose browser runs no scripts: axe is one, so it reads the same address where none of ours are loaded. */
export async function axeWithoutScripts(page: Page): Promise<readonly string[]> {
  const { page: same } = await visitor(page.context().browser()!, { size: page.viewportSize()! });
  await same.context().addCookies(await page.context().cookies());
  await same.route('**/*', (route) => (route.request().resourceType() === 'script' ? route.abort() : route.continue()));
  await same.goto(page.url());
  const found = await axe(same);
  await same.context().close();
  return found;
}

/** Whether the page is wider than the screen: only tables and pictures scroll, each in a frame of its own. */
export const isTooWide = (page: Page): Promise<boolean> =>
  page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth') as Promise<boolean>;

/** Everything that is read, by eye or by ear: text, also what is folded away, and the attributes that are read out. */
export const wordsOf = (page: Page): Promise<string> =>
  page.evaluate(`[
    ...Array.from(document.querySelectorAll('body *:not(script):not(style)'), ({ childNodes }) =>
      Array.from(childNodes, (node) => (node.nodeType === Node.TEXT_NODE ? node.data : '')).join(' ')),
    ...['aria-label', 'title', 'alt', 'placeholder'].flatMap((name) =>
      Array.from(document.querySelectorAll('[' + name + ']'), (element) => element.getAttribute(name))),
    document.title,
  ].join('\\n')`) as Promise<string>;

const SHOTS = 'docs/screenshots';

/** Kept only where `THROUGHCARE_SCREENSHOTS` is set: pictures are looked at, not compared. */
export async function picture(page: Page, name: string): Promise<void> {
  if (!process.env['THROUGHCARE_SCREENSHOTS']) return;
  mkdirSync(SHOTS, { recursive: true });
  await page.screenshot({ path: `${SHOTS}/${name}.png`, fullPage: true });
}
