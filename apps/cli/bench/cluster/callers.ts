import type { Run } from '#event-store';
import type { BareClient } from '../../../../libs/event-store/bench/bare-client.js';

/** As many as in the benches of the embedded store. */
export const CALLERS = 64;

/** Each of the callers makes its next call when its last is answered, for so many calls or so long. @returns calls a second */
export async function callsPerSecond(
  limit: { readonly calls: number } | { readonly seconds: number }, call: (caller: number) => Promise<void>,
): Promise<number> {
  const started = performance.now();
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
  return made / seconds();
}

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
