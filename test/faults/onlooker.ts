import { setTimeout as pause } from 'node:timers/promises';
import { MOMENTS } from '../../libs/web/freshness.js';

const WARNING = 'This page shows how things stood on';

/** Somebody who loads the worklist again and again: what they are shown is never to be old as if it were new. */
export class Onlooker {
  /** Pages with a warning above them, without one, and none. */
  readonly saw = { warned: 0, current: 0, away: 0 };
  /** Pages that left something out and did not say so. */
  readonly oldAsNew: string[] = [];
  /** What was known to be in the log, and since when. */
  private readonly known: { readonly at: number; readonly entries: number }[] = [];
  private running = true;
  private readonly looking: Promise<void>;

  /** @param entries how many are known to be in the log */
  constructor(
    private readonly origin: string,
    private readonly cookie: string,
    private readonly entries: () => number,
  ) {
    this.looking = this.look();
    // Told to whoever waits for it to stop.
    this.looking.catch(() => undefined);
  }

  /** Resolves once another page is of this kind. */
  async sees(kind: keyof Onlooker['saw'], withinMs = 120_000): Promise<void> {
    const before = this.saw[kind];
    for (const until = Date.now() + withinMs; this.saw[kind] === before; await pause(50)) {
      if (Date.now() > until) throw new Error(`no page was ${kind}: ${JSON.stringify(this.saw)}`);
    }
  }

  async stop(): Promise<void> {
    this.running = false;
    await this.looking;
  }

  private async look(): Promise<void> {
    for (; this.running; await pause(100)) {
      this.known.push({ at: Date.now(), entries: this.entries() });
      const page = await fetch(`${this.origin}/worklist`, { headers: { cookie: this.cookie }, redirect: 'manual' }).then(
        async (answer) => ({ status: answer.status, text: await answer.text() }),
        () => ({ status: 503, text: '' }),
      );
      if (page.status === 503) this.saw.away++;
      else if (page.status === 200) this.take(page.text);
      else throw new Error(`the worklist answered ${page.status}: ${page.text}`);
    }
  }

  private take(text: string): void {
    const asked = this.known.at(-1)!;
    const shown = Number(/Entry number ([\d,]+)\./.exec(text)?.[1]?.replaceAll(',', ''));
    if (text.includes('Up to date') && !(shown >= asked.entries)) this.oldAsNew.push(`up to date at ${shown} of ${asked.entries}`);
    if (text.includes(WARNING)) return void this.saw.warned++;
    this.saw.current++;
    // What was recorded moments ago may be missing without a warning.
    const before = this.known.findLast(({ at }) => asked.at - at > MOMENTS);
    if (before && !(shown >= before.entries)) this.oldAsNew.push(`no warning at ${shown} of ${before.entries}`);
  }
}
