import type { LinkSecrets } from '#access';
import type { CommandAnswer } from '#commands';

/** Where a link to answer with is opened. */
export const ANSWER_PATH = '/answer';

/** What whoever makes a link is told of it. */
export const answerLinkOf = (
  secrets: LinkSecrets,
  { journeyId, linkId }: CommandAnswer,
): Pick<CommandAnswer, 'answerLink'> => {
  if (journeyId === undefined || linkId === undefined) return {};
  const { token, code } = secrets.of(journeyId, linkId);
  return { answerLink: { address: `${ANSWER_PATH}/${token}`, code } };
};
