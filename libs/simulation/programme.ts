import TinyQueue from 'tinyqueue';
import { londonInstant, plus, toMillis, type Instant } from '#kernel';
import { pilots } from '#pilots';
import { Chance } from './chance.js';
import { life } from './life.js';
import { openingMorning } from './opening-morning.js';
import type { Step } from './script.js';

/** The programme's two years, up to the morning on which the demo opens (DESIGN 9). */
export const PROGRAMME_BEGINS: Instant = londonInstant('2009-04-06', '08:30');
export const PROGRAMME_NOW: Instant = londonInstant('2011-03-01', '08:00');

/** What one person's journey comes to in events, on the average over many seeds; the spec holds it. */
export const EVENTS_A_JOURNEY = 26;

export interface ProgrammeOptions {
  readonly seed: number;
  /** How many people come onto a pathway over the two years. */
  readonly people: number;
  /** With what waits for Torbay's coordinator on the morning on which the demo opens. */
  readonly opening?: boolean;
}

interface Running {
  readonly steps: readonly Step[];
  readonly index: number;
  next: number;
}

/** Everything that the sixteen pilots' teams write down over two years, in the order in which they do. */
export function* programme({ seed, people, opening = false }: ProgrammeOptions): Generator<Step> {
  const running = new TinyQueue<Running>([], (a, b) => {
    const [x, y] = [a.steps[a.next]!.at, b.steps[b.next]!.at];
    return x < y ? -1 : x > y ? 1 : a.index - b.index;
  });
  const spread = toMillis(PROGRAMME_NOW) - toMillis(PROGRAMME_BEGINS);
  if (opening) running.push({ steps: openingMorning(), index: -1, next: 0 });
  const begins = (index: number): Instant => plus(PROGRAMME_BEGINS, Math.floor((spread * index) / people));

  for (let index = 0; index < people || running.length > 0; ) {
    const first = running.peek();
    // A life is written when the programme reaches its beginning, so only those under way are held.
    if (index < people && (!first || begins(index) <= first.steps[first.next]!.at)) {
      const pilot = pilotOf(seed, index);
      running.push({ steps: life({ seed, index, pilot, begins: begins(index) }), index, next: 0 });
      index++;
      continue;
    }
    const due = running.pop()!;
    const step = due.steps[due.next++]!;
    if (step.at > PROGRAMME_NOW) continue; // This life goes on after the demo opens.
    yield step;
    if (due.next < due.steps.length) running.push(due);
  }
}

/** Torbay, whose coordinator the first screens are for, has a larger share. */
const pilotOf = (seed: number, index: number): string => {
  const chance = new Chance(seed, -1 - index);
  return chance.share(0.2) ? 'torbay' : chance.one(pilots).id;
};
