import type { Run } from '#event-store';
import type { BareClient } from '../../../../libs/event-store/bench/bare-client.js';

/** As many as in the benches of the embedded store. */
export const CALLERS = 64;

export interface Pace {
  /** Calls a second. */
  readonly perSecond: number;
  /** Microseconds of processor that this process spent on each: other work on the machine hardly moves them. */
  readonly processor: number;
}

/** Each of the callers makes its next call when its last is answered, for so many calls or so long. */
export async function paceOf(
  limit: { readonly calls: number } | { readonly seconds: number }, call: (caller: number) => Promise<void>,
): Promise<Pace> {
  const [started, before] = [performance.now(), process.cpuUsage()];
  const seconds = () => (performance.now() - started) / 1000;
  let [left, made] = ['calls' in limit ? limit.calls : Infinity, 0];
  const ends = 'seconds' in limit ? limit.seconds : Infinity;
  const one = async (caller: number) => {
    while (left-- > 0 && seconds() < ends) {
      await call(caller);
      made++;
    }
  };
  await Promise.all(Array.from({ length: CALLERS }, (_, caller) => one(caller)));
  const { user, system } = process.cpuUsage(before);
  return { perSecond: made / seconds(), processor: (user + system) / made };
}

/** @returns calls a second */
export const callsPerSecond = async (...asked: Parameters<typeof paceOf>): Promise<number> => (await paceOf(...asked)).perSecond;

/** The same appends as a copy makes, by the client alone, as many under way; into streams of its own. @returns events a second */
export async function bareAppends(bare: BareClient, runs: readonly Run[], prefix: string): Promise<number> {
  const started = performance.now();
  const waiting: Promise<void>[] = [];
  let isFirst = true;
  for (const { stream, expected, events } of runs) {
    waiting.push(bare.append(`${prefix}-${stream}`, expected, events));
    // The first opens the connection: the others could overtake it.
    if (waiting.length >= CALLERS || isFirst) await waiting.shift();
    isFirst = false;
  }
  await Promise.all(waiting);
  const events = runs.reduce((sum, run) => sum + run.events.length, 0);
  return (events * 1000) / (performance.now() - started);
}
