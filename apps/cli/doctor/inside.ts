/** What only the product itself can tell: registrations, sign-in, receivers of webhooks. */
import { OlderDatabaseError, type Place } from '#database';
import { outboxSummary } from '#reactions';
import { signInOf, webhooksOf, type Config } from '../../server/config.js';
import type { Mode } from '../../server/data-directory.js';
import { eventRegistry } from '../../server/catalogue.js';
import { unfinishedRegistrations } from '../commands/unfinished-registrations.js';
import { counted } from './findings.js';

export function signIn(env: NodeJS.ProcessEnv, mode: Mode): string {
  const { kind } = signInOf(env, mode);
  return kind === 'openid' ? `OpenID provider ${env['OIDC_ISSUER']}` : 'development personas; not for real people';
}

export async function registrations(parts: Parameters<typeof unfinishedRegistrations>[0]): Promise<string> {
  const unfinished = await unfinishedRegistrations(parts);
  if (unfinished.length === 0) return 'everybody who holds an NHS number has a record';
  throw new Error(
    `${unfinished.length} were cut short, and nobody else can be registered with their NHS numbers: send them again ` +
      'under the same Idempotency-Key, or stop every other process and free the numbers with throughcare doctor --release-unfinished',
  );
}

export async function webhooks(config: Config, state: Place): Promise<string> {
  const to = webhooksOf(config, eventRegistry().all().map(({ type }) => type)).length;
  const told = await outboxSummary(state).catch((error: unknown) => {
    // Nobody was ever to be told anything.
    if (error instanceof OlderDatabaseError && error.format === 0) return undefined;
    throw error;
  });
  const { counts, undelivered } = told ?? { counts: { pending: 0, delivered: 0, dead: 0, notSent: 0 }, undelivered: [] };
  if (Object.values(counts).every((n) => n === 0)) return `${to} receivers; nothing has been told yet`;
  const lost = undelivered.find(({ state }) => state === 'dead');
  if (lost) {
    throw new Error(
      `${counts.dead} given up (${lost.subscription} ${lost.reason ?? ''}): mend the receiver and start the server again, which sends them anew`,
    );
  }
  return `${to} receivers; ${counted(counts.pending)} waiting, ${counted(counts.delivered)} delivered, ${counted(counts.notSent)} only shown, not sent`;
}
