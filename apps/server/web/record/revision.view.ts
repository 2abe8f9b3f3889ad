/** What was put right in an offer, for whoever sent it and whoever reads it (ADR 0014). */
import { isOpen, readByLink, type Handoff, type Revision } from '#pathway';
import { dateAndTime, inSentence, revisionWords } from '#web';

export const contentsLabels: Readonly<Record<Revision['changed'][number], string>> = {
  asked: 'What is asked',
  risks: 'Risks',
  riskDetail: 'Risks',
  safeguarding: 'Safeguarding',
  safeguardingDetail: 'Safeguarding',
  communication: 'Communication needs',
  carer: 'Carer',
  telephone: 'Whom to ring about it',
  toldPerson: 'What the person was told',
  agreement: 'The person’s agreement',
};

/** Each once, in the words of the page. */
export const changedLabels = (changed: Revision['changed']): readonly string[] => [
  ...new Set(changed.map((name) => contentsLabels[name])),
];

export const changedWords = (changed: Revision['changed']): string =>
  changedLabels(changed)
    .map((label) => inSentence(label))
    .join(', ');

/** Labels of what says something else than when the offer was sent. */
export const everChanged = ({ revisions }: Handoff): ReadonlySet<string> =>
  new Set(revisions.flatMap(({ changed }) => changedLabels(changed)));

/**
 * Said at the top of the handover. Who answered, or read it by a link, before it was put right does not know of it by
 * that: the sender is told whom to ring.
 */
export function revisionLines(handoff: Handoff, { ours, receiver }: { ours: readonly string[]; receiver: string }) {
  const { revisions, accepted, noticesRead, to, from } = handoff;
  const last = revisions.at(-1);
  if (!last) return [];
  const isReceiver = ours.includes(to.team);
  const isSender = ours.includes(from.team);
  const what = `Put right on ${dateAndTime(last.at)}: ${changedWords(last.changed)} (${inSentence(revisionWords[last.reason])}).`;
  const knows = noticesRead.some(({ notice, at }) => notice === 'offerRevised' && at >= last.at);
  const answeredBefore = accepted !== undefined && accepted.at < last.at && handoff.status === 'accepted';
  const byLink = isOpen(handoff) ? readByLink(handoff) : undefined;
  if (isReceiver && !knows) return [`${what} Read it again${answeredBefore ? ': you accepted before that' : ''}.`];
  if (!isSender || knows) return [what];
  if (answeredBefore) return [`${what} ${receiver} accepted before that and has not said that they read it since: ring them.`];
  if (byLink === 'asItStands') return [`${what} ${receiver} has read it by the link since.`];
  if (byLink === undefined) return [what];
  const before = `${what} ${receiver} read it by the link before that`;
  return hasNewLink(handoff)
    ? [`${before}, and has not opened the new link yet: ring them and read out its code.`]
    : [`${before} and has not read it since: ring them, make a new link and read out its code.`];
}

/** Made since the offer was put right last. */
const hasNewLink = ({ links, revisions }: Handoff): boolean => {
  const [link, last] = [links.at(-1), revisions.at(-1)];
  return link !== undefined && last !== undefined && link.issued.at >= last.at;
};

/** Whether the sender has to tell somebody who read it by a link, and has no link to do it by. */
export const wantsNewLink = (handoff: Handoff): boolean =>
  isOpen(handoff) && readByLink(handoff) === 'asItWas' && !hasNewLink(handoff);

/** For whoever opens a link, who is told nothing but what the offer says; null where it says what it always did. */
export function putRightWords({ revisions }: Handoff): string | null {
  const last = revisions.at(-1);
  if (!last) return null;
  const changed = changedWords(revisions.flatMap((revision) => revision.changed));
  return `What this offer says was put right on ${dateAndTime(last.at)}: ${changed}. Below is what it says now.`;
}
