import type { Freshness } from '#projections';
import { dateAndTime } from './dates.js';

const count = (n: number, one: string, many: string): string => `${n.toLocaleString('en-GB')} ${n === 1 ? one : many}`;

/** How fresh a page is, at its foot (DESIGN 3): said on every page that shows what a read model holds. */
export function freshnessWords({ status, asOf, eventsBehind, ordinal, incomplete }: Freshness): string {
  const last = asOf === undefined ? '' : dateAndTime(asOf);
  const state =
    status === 'stopped'
      ? `This page may be out of date. It stopped being brought up to date${last && ` on ${last}`}. Ring the team before you rely on it.`
      : eventsBehind > 0
        ? `Catching up: ${count(eventsBehind, 'entry', 'entries')} still to come.`
        : `Up to date${last && `; last entry ${last}`}.`;
  const missing =
    incomplete > 0 ? ` May be incomplete: ${count(incomplete, 'record', 'records')} could not be read in full.` : '';
  return `${state} Entry number ${ordinal.toLocaleString('en-GB')}.${missing}`;
}
