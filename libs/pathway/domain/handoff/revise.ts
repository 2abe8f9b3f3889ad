/** An offer is a message that was sent: it is not corrected in the past, it says something else from now on (ADR 0014). */
import { latest, refuse, type Decision } from '#kernel';
import type { revisionReasons } from '../codes.js';
import type { Context } from '../context.js';
import { happened } from '../event.js';
import { revisableContents, type OfferContents, type optionalContents } from '../fields.js';
import { isTeam } from '../policies.js';
import type { PersonRecord } from '../record/state.js';
import { when } from '../words.js';
import { latestOf } from './change.js';
import { contentsOf, contentsProblem } from './contents.js';
import { onHandoff, type HandoffCase, type OnHandoff } from './policies.js';
import { senderNow } from './sender.js';

type Revisable = (typeof revisableContents)[number];

/** What says something else; free text in it is ciphertext. */
export interface ReviseOffer extends OnHandoff, Partial<Pick<OfferContents, Revisable>> {
  readonly reason: (typeof revisionReasons)[number];
  /** What it said and does not say any more. */
  readonly takenOut?: readonly (typeof optionalContents)[number][];
}

/** What the risk is goes with the risk: nobody reads "none known" and a risk. */
const withoutIdleDetails = (contents: OfferContents): OfferContents => {
  const { riskDetail, safeguardingDetail, ...rest } = contents;
  return {
    ...rest,
    ...(rest.risks === 'yes' && riskDetail !== undefined && { riskDetail }),
    ...(rest.safeguarding === 'yes' && safeguardingDetail !== undefined && { safeguardingDetail }),
  };
};

function revised(command: ReviseOffer, before: OfferContents): OfferContents {
  const out = new Set<string>(command.takenOut);
  const said = revisableContents.map((name) => [name, out.has(name) ? undefined : (command[name] ?? before[name])]);
  return contentsOf(withoutIdleDetails({ ...before, ...(Object.fromEntries(said) as OfferContents) }));
}

/**
 * Puts right what an offer says. Deadlines, receiver and basis for sharing stay: who wants those otherwise withdraws
 * the offer and makes another.
 */
export const reviseOffer = (command: ReviseOffer, record: PersonRecord, context: Context): Decision =>
  onHandoff(command, record, context, (about) => {
    const { handoff } = about;
    const by = senderNow(about);
    if (!isTeam(by)) return by;
    const contents = revised(command, handoff.contents);
    const changed = revisableContents.filter((name) => contents[name] !== handoff.contents[name]);
    const named = [...revisableContents.filter((name) => command[name] !== undefined), ...(command.takenOut ?? [])];
    if (named.length === 0) return refuse('nothing-revised', 'It says that already: change what is wrong.');
    if (changed.length === 0) return [];
    const problem = contentsProblem(contents);
    if (problem) return problem;
    const { handoffId, revisions } = handoff;
    return [
      happened(
        'HandoffOfferRevised',
        { handoffId, revision: revisions.length + 1, by, reason: command.reason, changed, contents },
        { occurredAt: latest(context.now, latestOf(handoff)), precision: 'second' },
      ),
    ];
  });

/** Which revision somebody read before they answered: none is 0. Who does not say is not asked. */
export interface HasRead {
  readonly revisionRead?: number;
}

/** Nobody takes over by words that were put right since they read them (hazard H13). */
export const readAsItStands =
  ({ revisionRead }: HasRead) =>
  ({ handoff: { revisions }, context }: HandoffCase) => {
    const last = revisions.at(-1);
    return last === undefined || revisionRead === undefined || revisionRead >= revisions.length
      ? undefined
      : refuse(
          'offer-revised',
          `The offer was put right ${when(last.at, context.now)}, after you opened it: read it again, then answer.`,
          { revision: revisions.length },
        );
  };
