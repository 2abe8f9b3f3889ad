/** What the engine tells by itself: reminders, what a duty manager has to know, and why. */
import type { escalationCauses, noticeKinds, reactionRules } from '../domain/codes.js';
import type { WordsFor } from './words.js';

export const escalation: WordsFor<typeof escalationCauses> = {
  notSeen: 'not seen in time',
  notAnswered: 'not answered in time',
  declineNotActedOn: 'declined, and nobody has seen it',
  notConfirmed: 'accepted by telephone or by a link, and not confirmed',
};

/** What is wrong with a handover, for whoever sees it or is reminded of it. */
export const problem: WordsFor<typeof escalationCauses> = {
  notSeen: 'not seen in time',
  notAnswered: 'not answered in time',
  declineNotActedOn: 'declined',
  notConfirmed: 'accepted by telephone or by a link, not confirmed',
};

export const notice: WordsFor<typeof noticeKinds> = {
  remindedNotSeen: 'reminder: you have not seen this handover',
  remindedNotAnswered: 'reminder: you have not answered this handover',
  remindedNotConfirmed: 'reminder: an answer by telephone or by a link waits for you to confirm or deny it',
  toldNotSeen: 'a handover was not seen in time',
  toldNotAnswered: 'a handover was not answered in time',
  toldDecline: 'a handover was declined, and nobody of the team has seen it',
  toldNotConfirmed: 'an answer by telephone or by a link was never confirmed: ring the team that answered',
  deteriorated: 'got worse and stays in hospital for now',
  homeEarly: 'left hospital earlier than planned: you are responsible',
  doNotContact: 'died: do not contact',
  offerRevised: 'what this handover says was put right: read it again',
};

export const reaction: WordsFor<typeof reactionRules> = {
  chaseNotSeen: 'reminder: not seen in time',
  chaseNotAnswered: 'reminder: not answered in time',
  escalateNotSeen: 'duty manager told: not seen in time',
  escalateNotAnswered: 'duty manager told: not answered in time',
  escalateDecline: 'duty manager told: declined, and nobody has seen it',
  chaseNotConfirmed: 'reminder: answer not confirmed',
  escalateNotConfirmed: 'duty manager told: answer not confirmed',
  lapse: 'offer ended: not answered in time',
};
