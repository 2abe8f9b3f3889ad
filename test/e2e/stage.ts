/** Where browser tests play: a product started as an operator starts it, a browser, and people who sign in. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';
import type { Browser, BrowserContext } from 'playwright-core';
import type { PersonaId } from '#access';
import { Product } from '../support/product.js';
import { launch, visitor, type Visit, type Visitor } from './browser.js';

/** Ready once the tests of the file, or of the block in which it was set, begin. */
export interface Stage {
  readonly origin: string;
  /** Somebody at a browser of their own. */
  visitor(visit?: Visit): Promise<Visitor>;
  signIn(persona: PersonaId, visit?: Visit): Promise<Visitor>;
  /** Somebody who signed in before, at no page yet; who shares that session with the others of this persona. */
  signedIn(persona: PersonaId, visit?: Visit): Promise<Visitor>;
}

/** @param env settings of the product, which starts on a new demo store */
export function setStage(env: NodeJS.ProcessEnv = {}): Stage {
  const dataDir = mkdtempSync(join(tmpdir(), 'throughcare-e2e-'));
  let product: Product;
  let browser: Browser;
  const sessions = new Map<PersonaId, Awaited<ReturnType<BrowserContext['cookies']>>>();

  beforeAll(async () => {
    product = await Product.on(dataDir, env);
    [browser] = await Promise.all([launch(), product.start()]);
  }, 300_000);

  afterAll(async () => {
    await browser?.close();
    await product?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const signIn: Stage['signIn'] = async (persona, visit) => {
    const who = await visitor(browser, visit);
    await who.page.goto(product.origin);
    await who.page.click(`button[value="${persona}"]`);
    return who;
  };

  return {
    get origin() {
      return product.origin;
    },
    visitor: (visit) => visitor(browser, visit),
    signIn,
    async signedIn(persona, visit) {
      if (!sessions.has(persona)) {
        const { page } = await signIn(persona);
        sessions.set(persona, await page.context().cookies());
        await page.context().close();
      }
      const who = await visitor(browser, visit);
      await who.page.context().addCookies(sessions.get(persona)!);
      return who;
    },
  };
}
