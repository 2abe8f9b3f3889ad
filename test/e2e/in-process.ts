/**
 * A small product for browsers, in the process of the test: so that a colleague's entry, a fault in the log or a stop
 * beneath the lists happens at the moment that the test wants.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from '@jest/globals';
import type { Browser } from 'playwright-core';
import type { PersonaId } from '#access';
import { startServer, type Running } from '../../apps/server/testing/running.js';
import { visitor, type Visit, type Visitor } from './browser.js';

export interface Small {
  readonly server: Running;
  /** Done through the API, by Torbay's coordinator unless another is named. */
  done(name: string, body: object, as?: PersonaId): Promise<Readonly<Record<string, unknown>>>;
  /** Somebody whom Torbay North zone has taken. */
  referred(givenName: string, familyName: string): Promise<string>;
  /** Offered to Brixham, and on the lists. */
  offered(journeyId: string): Promise<string>;
  /** By Brixham, at once. */
  accepted(journeyId: string, handoffId: string): Promise<void>;
  /** At the worklist. */
  signIn(browser: Browser, persona: PersonaId, visit: Visit): Promise<Visitor>;
}

export async function startSmall(): Promise<Small> {
  const server = await startServer();
  while (!(await fetch(`${server.base}/health/ready`)).ok) await pause(50);
  const done: Small['done'] = async (name, body, as = 'coordinator-torbay') => {
    const answer = await server.command(name, body, { as });
    expect([answer.status, answer.body]).toEqual([200, answer.body]);
    return answer.body;
  };
  return {
    server,
    done,
    async referred(givenName, familyName) {
      const { personId } = await done('register-person', { givenName, familyName, birthDate: '1925-03-01' });
      const referral = { personId, pathway: 'torbay-older-people', referrer: 'self', urgency: 'soon', reason: 'Falls' };
      return String((await done('take-referral', { ...referral, to: 'torbay-north-zone', accept: true }))['journeyId']);
    },
    async offered(journeyId) {
      const { handoffId, position } = await done('offer-handoff', {
        journeyId, to: 'brixham-home-care-team', asked: 'Personal care', urgency: 'urgent', effect: 'now',
        risks: 'noneKnown', safeguarding: 'noneKnown', agreement: 'agreed', sharing: 'directCareConsent',
      });
      await server.engine.projector!.waitFor(String(position), 30_000);
      return String(handoffId);
    },
    async accepted(journeyId, handoffId) {
      const { position } = await done('accept-handoff', { journeyId, handoffId, effect: 'now' }, 'coordinator-brixham');
      await server.engine.projector!.waitFor(String(position), 30_000);
    },
    async signIn(browser, persona, visit) {
      const who = await visitor(browser, visit);
      await who.page.goto(`${server.base}/worklist`);
      await who.page.click(`button[value="${persona}"]`);
      await who.page.waitForURL(`${server.base}/worklist`);
      return who;
    },
  };
}

/** A page that listens asks once for what changed meanwhile; from then on only being told, or a minute, makes it ask. */
export const listens = async ({ page }: Visitor): Promise<void> => {
  await Promise.all([
    page.waitForResponse((answer) => answer.request().headers()['x-live-refresh'] === '1'),
    page.reload(),
  ]);
};
