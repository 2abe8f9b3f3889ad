import {
  addDays, civilDate, deriveId, fromMillis, hours, latest, londonInstant, minutes, plus, toMillis, type Instant,
} from '#kernel';
import type { Team } from '#pilots';
import type { Chance } from './chance.js';

/** One thing that somebody writes down: a command as it would be sent, when it is sent, and by whom. */
export interface Step {
  /** When it is recorded; steps of one life come in this order. */
  readonly at: Instant;
  readonly commandId: string;
  /** Name of the use case. */
  readonly command: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** The team that writes it. */
  readonly by: Team;
  /** Where nobody signed in: the one-use link that was answered with, for the team it was made for. */
  readonly link?: string;
}

export interface Told {
  readonly by: Team;
  readonly command: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly link?: string;
  /** Share of cases in which it is written down later than it happened. */
  readonly late?: number;
}

/** One life being written: a clock that only goes forward, and the steps so far. */
export class Script {
  now: Instant;
  private told = 0;

  /**
   * @param aside for what does not change where the life goes: another chance, so that neither draws for the other
   */
  constructor(
    readonly chance: Chance,
    readonly aside: Chance,
    private readonly key: string,
    begins: Instant,
    readonly steps: Step[] = [],
  ) {
    this.now = begins;
  }

  /** Something that goes on beside the rest of the same life, by a clock of its own. */
  beside(name: string, begins: Instant = this.now): Script {
    return new Script(this.aside, this.aside, `${this.key}/${name}`, begins, this.steps);
  }

  /** Time passes: about `medianMillis`, sometimes much more. */
  wait(medianMillis: number, spread?: number): void {
    this.now = plus(this.now, this.chance.wait(medianMillis, spread));
  }

  /** On to a time of day at which services are at work; mostly on a weekday. */
  untilOfficeHours(): void {
    let day = civilDate(this.now);
    const weekday = new Date(`${day}T12:00:00.000Z`).getUTCDay();
    const toMonday = weekday === 6 ? 2 : weekday === 0 ? 1 : 0;
    if (toMonday > 0 && !this.chance.share(0.12)) day = addDays(day, toMonday);
    const start = plus(londonInstant(day, '08:30'), this.chance.whole(0, 8 * 60) * minutes(1));
    this.now = latest(plus(this.now, minutes(1)), start);
  }

  /** @returns the command's id, from which the ids of what it made derive */
  tell({ by, command, body, link, late = 0 }: Told): string {
    const commandId = deriveId('simulation', this.key, this.told++);
    const isLate = this.chance.share(late);
    const recorded = isLate ? plus(this.now, this.chance.wait(hours(9))) : this.now;
    this.steps.push({
      at: recorded,
      commandId,
      command,
      by,
      ...(link !== undefined && { link }),
      body: isLate ? { ...body, occurredAt: this.now, precision: 'minute' } : body,
    });
    return commandId;
  }

  /** In the order in which they are recorded. */
  inOrder(): readonly Step[] {
    return this.steps
      .map((step, i) => ({ step, key: toMillis(step.at), i }))
      .sort((a, b) => a.key - b.key || a.i - b.i)
      .map(({ step }) => step);
  }
}

/** Whole minutes, as people write times down. */
export const toMinute = (instant: Instant): Instant => fromMillis(Math.floor(toMillis(instant) / 60_000) * 60_000);
