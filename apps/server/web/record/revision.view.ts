/** What was put right in an offer, for whoever sent it and whoever reads it (ADR 0014). */
import { isOpen, type Handoff, type Revision } from '#pathway';
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
  const { revisions, accepted, noticesRead, links, to, from } = handoff;
  const last = revisions.at(-1);
  if (!last) return [];
  const isReceiver = ours.includes(to.team);
  const isSender = ours.includes(from.team);
  const what = `Put right on ${dateAndTime(last.at)}: ${changedWords(last.changed)} (${inSentence(revisionWords[last.reason])}).`;
  const knows = noticesRead.some(({ notice, at }) => notice === 'offerRevised' && at >= last.at);
  const answeredBefore = accepted !== undefined && accepted.at < last.at && handoff.status === 'accepted';
  const openedBefore = isOpen(handoff) && links.some(({ opened }) => opened !== undefined && opened.at < last.at);
  if (isReceiver && !knows) return [`${what} Read it again${answeredBefore ? ': you accepted before that' : ''}.`];
  if (!isSender || knows || !(answeredBefore || openedBefore)) return [what];
  const how = answeredBefore ? 'accepted before that' : 'read it by the link before that';
  return [`${what} ${receiver} ${how} and has not said that they read it since: ring them.`];
}
