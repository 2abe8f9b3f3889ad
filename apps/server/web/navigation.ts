import { mayAsk } from '#access';
import type { Actor } from '#kernel';
import type { PageFrame } from '#web';

interface Entry {
  readonly href: string;
  readonly text: string;
}

const entriesFor = (actor: Actor): readonly Entry[] => [
  ...(mayAsk(actor, 'worklist').allowed ? [{ href: '/worklist', text: 'Worklist' }] : []),
  ...(mayAsk(actor, 'notices').allowed ? [{ href: '/notices', text: 'Notices' }] : []),
  ...(mayAsk(actor, 'referral').allowed ? [{ href: '/referrals/new', text: 'Find or refer' }] : []),
  ...(actor.pilot !== undefined && mayAsk(actor, 'dashboard', actor.pilot).allowed
    ? [{ href: `/pilots/${actor.pilot}`, text: 'Handover times' }]
    : []),
  ...(mayAsk(actor, 'pilots').allowed && actor.role !== 'coordinator' ? [{ href: '/pilots', text: 'The pilots' }] : []),
  ...(mayAsk(actor, 'emergencyAccess').allowed ? [{ href: '/emergency-access', text: 'Emergency access' }] : []),
  ...(mayAsk(actor, 'status').allowed ? [{ href: '/status', text: 'Is everything up to date?' }] : []),
];

/** What this role can go to. The longest address that the page's own begins with is where one is. */
export function navigationOf(actor: Actor, url: string): PageFrame['navigation'] {
  const path = url.split('?', 1)[0]!;
  const entries = entriesFor(actor);
  const [here] = entries
    .filter(({ href }) => path === href || path.startsWith(`${href}/`))
    .sort((a, b) => b.href.length - a.href.length);
  return entries.map((entry) => ({ ...entry, current: entry === here }));
}

/** Where a role begins: a duty manager with what they are told. */
export const homeOf = (actor: Actor): string =>
  actor.role === 'dutyManager' ? '/notices' : (entriesFor(actor)[0]?.href ?? '/status');
