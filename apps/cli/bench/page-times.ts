/** How long pages take in the server, for somebody who has signed in. */
import { openRevokedSessions, personaOf, Sessions, type PersonaId } from '#access';
import type { Engine } from '../../server/engine.js';
import { signInSecret } from '../../server/server.js';
import { quantile } from './figure.js';
import type { PageTimes } from './pages.js';

const WARM_UP = 50;
const ASKED = 400;

export async function cookieOf(engine: Engine, persona: PersonaId): Promise<string> {
  const revoked = await openRevokedSessions(engine.state);
  const sessions = new Sessions({ secret: signInSecret(engine), revoked, clock: engine.realClock });
  const { setCookie } = await sessions.start(personaOf(persona)!, false);
  await revoked.close();
  return setCookie.split(';', 1)[0]!;
}

export async function timed(page: () => Promise<unknown>): Promise<PageTimes> {
  const times: number[] = [];
  for (let i = 0; i < WARM_UP + ASKED; i++) {
    const started = performance.now();
    await page();
    if (i >= WARM_UP) times.push(performance.now() - started);
  }
  return timesOf(times);
}

export const timesOf = (times: readonly number[]): PageTimes => ({
  p50: rounded(quantile(times, 0.5)),
  p95: rounded(quantile(times, 0.95)),
});

const rounded = (ms: number): number => Number(ms.toFixed(2));
