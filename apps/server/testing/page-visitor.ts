/** A browser without scripts, for tests of pages: one session, forms sent as they stand with what somebody fills in. */
import { setTimeout as pause } from 'node:timers/promises';
import { personaOf, type PersonaId, type Sessions } from '#access';
import { SESSIONS } from '../tokens.js';
import type { Running } from './running.js';

export interface Seen {
  readonly status: number;
  readonly text: string;
  /** Where the page is, after redirects. */
  readonly path: string;
}

export type Filled = Readonly<Record<string, string>>;

/** Until a page that reads the read models shows what was just written. */
const PATIENCE = 30_000;

export class PageVisitor {
  private constructor(
    private readonly base: string,
    private readonly cookie: string,
    private readonly csrf: string,
  ) {}

  /** Once there is something to see. */
  static async as({ app, base }: Running, persona: PersonaId): Promise<PageVisitor> {
    const until = Date.now() + PATIENCE;
    while (!(await fetch(`${base}/health/ready`)).ok && Date.now() < until) await pause(50);
    const sessions = app.get<Sessions>(SESSIONS);
    const { session, setCookie } = await sessions.start(personaOf(persona)!, false);
    return new PageVisitor(base, setCookie.split(';', 1)[0]!, sessions.csrfToken(session));
  }

  open(path: string): Promise<Seen> {
    return this.follow(path, {});
  }

  /** Loads it again until it says so. */
  async openUntil(path: string, says: (text: string) => boolean): Promise<Seen> {
    const until = Date.now() + PATIENCE;
    for (;;) {
      const seen = await this.open(path);
      if (says(seen.text) || Date.now() > until) return seen;
      await pause(50);
    }
  }

  send(path: string, form: Filled): Promise<Seen> {
    return this.follow(path, { method: 'POST', body: new URLSearchParams({ ...form, _csrf: this.csrf }) });
  }

  /** Sends the form of a page that was seen: its hidden inputs, and what is filled in. */
  answer(seen: Seen, form: Filled): Promise<Seen> {
    return this.send(seen.path, { ...hiddenIn(seen.text), ...form });
  }

  private async follow(path: string, init: RequestInit): Promise<Seen> {
    const answer = await fetch(this.base + path, { ...init, redirect: 'manual', headers: { cookie: this.cookie } });
    const location = answer.headers.get('location');
    if (location !== null) return this.open(location);
    return { status: answer.status, text: await answer.text(), path };
  }
}

export function hiddenIn(text: string): Filled {
  const main = text.slice(text.indexOf('<main'));
  const inputs = main.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g);
  return Object.fromEntries([...inputs].map(([, name, value]) => [name, value]));
}
