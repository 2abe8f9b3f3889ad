import { elapsed, seconds, type Instant } from '#kernel';
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

/**
 * What somebody did a moment ago is on the lists within moments: that alone is no warning, or it would come and go with
 * every command. What was recorded longer ago than this and is not there yet is missing.
 */
export const MOMENTS = seconds(5);

/**
 * What stands above a page that does not show how things are now; undefined where it does, or where what is missing was
 * recorded only moments ago. How old the page is counts, never how much is missing: one entry may be the decline.
 *
 * @param isFollowing whether somebody brings the lists up to date at present
 */
export function staleWords(
  { status, asOf, eventsBehind, behindSince }: Freshness,
  { isFollowing, now }: { readonly isFollowing: boolean; readonly now: Instant },
): string | undefined {
  const isMoments = behindSince !== undefined && elapsed(behindSince, now) <= MOMENTS;
  if (status === 'live' && (eventsBehind === 0 || (isFollowing && isMoments))) return undefined;
  const until = asOf === undefined ? 'an earlier moment' : dateAndTime(asOf);
  const to = eventsBehind > 0 ? ` ${count(eventsBehind, 'later entry is', 'later entries are')} not on it yet.` : '';
  return `This page shows how things stood on ${until}.${to} Ring the team before you rely on it; a journey’s own page is up to date.`;
}

/** @param names of those people on the page whose record could not be read in full, as far as they may be named */
export const incompleteWords = (names: readonly string[]): string =>
  `May be incomplete: ${names.join(', ')}. What is shown of them here may be old. Ring their team before you rely on it.`;
