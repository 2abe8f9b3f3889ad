/** Random working days: anybody asks for anything, in time or late. */
import fc from 'fast-check';
import { deriveId, effectiveHistory, minutes, plus, type Instant } from '#kernel';
import { answerByLink, enterAnswerLinkCode, issueAnswerLink } from '../answer-link/decide.js';
import { chaserCauses, escalationCauses, noticeKinds, takesEffect } from '../codes.js';
import { correctEntry, markEntryInError } from '../entry/decide.js';
import type { Team } from '../fields.js';
import { acceptHandoff, acknowledgeHandoff, declineHandoff, recordFirstContact } from '../handoff/answer.js';
import { offerHandoff } from '../handoff/offer.js';
import {
  confirmHandoffReport,
  disputeHandoffReport,
  reportHandoffAnswer,
  resolveHandoffDispute,
} from '../handoff/report/decide.js';
import { chaseHandoff, escalateHandoff, lapseHandoff } from '../handoff/react.js';
import { reviseOffer } from '../handoff/revise.js';
import { actOnDecline, seeHandoffProblem, withdrawHandoff } from '../handoff/sender.js';
import { closeJourney, pauseJourney, resumeJourney } from '../journey/decide.js';
import { recordDeath } from '../person/decide.js';
import { acceptReferral, declineReferral, nameKeyWorker, redirectReferral } from '../referral/decide.js';
import { readHandoffNotice } from '../responsibility/read-notice.js';
import { declareReady, recordAdmission, recordDischarge, recordTransfer, withdrawReadiness } from '../stay/decide.js';
import { pathwayRegistry, recordFold } from '../record/fold.js';
import type { PersonRecord } from '../record/state.js';
import { contents, referralTaken, sealed } from './entries.js';
import { given, type Asked, type Story } from './story.js';
import { at, brixham, herJourney, mrsSmith, paignton, ward, zone } from './torbay.js';

/** One thing asked for; `pick` chooses which handoff, stay or entry it is about. */
type Wish = (story: Story, pick: number) => Pick<Asked<never>, 'decide'> & { readonly command: object };

const ask = <C extends object>(decide: Asked<C>['decide'], command: C): ReturnType<Wish> => ({ decide, command });

const journeyId = herJourney;
const teams = [zone, brixham, paignton, ward];
const nothing = deriveId('nothing', 'there');
const one = <T>(list: readonly T[], pick: number): T | undefined => list[pick % Math.max(1, list.length)];

const handoff = (story: Story, pick: number) => ({
  journeyId,
  handoffId: one(story.journey.handoffs, pick)?.handoffId ?? nothing,
});
const report = (story: Story, pick: number) => {
  const reported = story.journey.handoffs.filter(({ accounts }) => accounts.length > 0);
  const found = one(reported, pick);
  return { journeyId, handoffId: found?.handoffId ?? nothing, report: found?.accounts.at(-1)?.eventId ?? nothing };
};
const link = (story: Story, pick: number) => {
  const found = one(
    story.journey.handoffs.filter(({ links }) => links.length > 0),
    pick,
  );
  const made = found && one(found.links, pick);
  return { journeyId, handoffId: found?.handoffId ?? nothing, link: made?.link ?? nothing };
};
const stay = (story: Story, pick: number) => ({ stayId: one(story.record.stays, pick)?.stayId ?? nothing });
const anEntry = (story: Story, pick: number) => ({
  journeyId,
  entry: story.log[story.log.length - 1 - (pick % story.log.length)]!.eventId,
  reason: 'recordedWrongly' as const,
});

/** Contacts and plans are not among them: each is a new one, and a repeated command is known by its id. */
export const wishes: Readonly<Record<string, Wish>> = {
  acceptReferral: () => ask(acceptReferral, { journeyId }),
  declineReferral: () => ask(declineReferral, { journeyId, reason: 'other' }),
  redirectReferral: (_, pick) => ask(redirectReferral, { journeyId, to: one(teams, pick)!.team }),
  nameKeyWorker: () => ask(nameKeyWorker, { journeyId, keyWorker: 'staff-jane' }),
  offer: (_, pick) =>
    ask(offerHandoff, {
      journeyId,
      to: one(teams, pick)!.team,
      urgency: 'urgent',
      effect: one(
        takesEffect.filter((e) => e !== 'atTime'),
        pick,
      )!,
      ...contents,
    }),
  revise: (story, pick) =>
    ask(reviseOffer, {
      ...handoff(story, pick),
      reason: 'wasMissing',
      risks: pick % 2 ? 'yes' : 'noneKnown',
      riskDetail: sealed('falls'),
    }),
  acknowledge: (story, pick) => ask(acknowledgeHandoff, handoff(story, pick)),
  accept: (story, pick) => ask(acceptHandoff, handoff(story, pick)),
  decline: (story, pick) => ask(declineHandoff, { ...handoff(story, pick), reason: 'noCapacity' }),
  withdraw: (story, pick) => ask(withdrawHandoff, { ...handoff(story, pick), reason: 'noLongerNeeded' }),
  actOnDecline: (story, pick) => ask(actOnDecline, handoff(story, pick)),
  lapse: (story, pick) => ask(lapseHandoff, handoff(story, pick)),
  seeProblem: (story, pick) => ask(seeHandoffProblem, handoff(story, pick)),
  chase: (story, pick) => ask(chaseHandoff, { ...handoff(story, pick), cause: one(chaserCauses, pick)! }),
  escalate: (story, pick) => ask(escalateHandoff, { ...handoff(story, pick), cause: one(escalationCauses, pick)! }),
  readNotice: (story, pick) => ask(readHandoffNotice, { ...handoff(story, pick), notice: one(noticeKinds, pick)! }),
  report: (story, pick) =>
    ask(reportHandoffAnswer, {
      ...handoff(story, pick),
      answer: pick % 3 ? 'accepted' : 'declined',
      reason: 'other',
      spokenTo: sealed('Ann'),
    }),
  confirm: (story, pick) => ask(confirmHandoffReport, report(story, pick)),
  dispute: (story, pick) => ask(disputeHandoffReport, report(story, pick)),
  resolve: (story, pick) =>
    ask(resolveHandoffDispute, {
      ...handoff(story, pick),
      holder: pick % 2 ? 'sender' : 'receiver',
      agreedWith: sealed('both'),
    }),
  makeLink: (story, pick) => ask(issueAnswerLink, handoff(story, pick)),
  enterCode: (story, pick) => ask(enterAnswerLinkCode, { ...link(story, pick), isRight: pick % 2 === 0 }),
  answerByLink: (story, pick) =>
    ask(answerByLink, {
      ...link(story, pick),
      answer: pick % 3 ? 'accepted' : 'declined',
      reason: 'other',
      saidBy: sealed('Ann'),
    }),
  firstContact: (story, pick) => ask(recordFirstContact, { ...handoff(story, pick), mode: 'visit' }),
  admit: () => ask(recordAdmission, { method: '21', hospital: ward.organisation, ward: ward.team }),
  transfer: (story, pick) => ask(recordTransfer, { ...stay(story, pick), hospital: 'exeter-hospital' }),
  ready: (story, pick) =>
    ask(declareReady, { ...stay(story, pick), clinicalDecision: true, teamDecision: true, safeToTransfer: true }),
  notReady: (story, pick) => ask(withdrawReadiness, stay(story, pick)),
  discharge: (story, pick) =>
    ask(recordDischarge, {
      ...stay(story, pick),
      destination: 'usualResidence',
      ...(pick % 2 && { expectedReceiver: brixham.team }),
    }),
  pause: () => ask(pauseJourney, { journeyId, reason: 'awayFromHome' }),
  resume: () => ask(resumeJourney, { journeyId }),
  close: () => ask(closeJourney, { journeyId, reason: 'goalsMet', agreedWith: sealed('her') }),
  die: () => ask(recordDeath, { place: 'hospital' }),
  correct: (story, pick) =>
    ask(correctEntry, { ...anEntry(story, pick), happenedAt: plus(story.log[0]!.occurredAt, minutes(pick)) }),
  takeBack: (story, pick) => ask(markEntryInError, anEntry(story, pick)),
};

/** Each is a new link, and each wrong code counts: a repeat of the command is known by its id alone. */
export const eachIsNew: ReadonlySet<string> = new Set(['makeLink', 'enterCode']);

export interface StepOfDay {
  readonly wish: string;
  readonly by: Team | 'system';
  readonly pick: number;
  /** Minutes since the step before. */
  readonly wait: number;
  /** Minutes that it is written down late. */
  readonly late: number;
}

/** Everyday wishes come more often than the ends of journeys; others have a weight of 10. */
const weights: Readonly<Record<string, number>> = {
  offer: 30,
  accept: 30,
  decline: 15,
  report: 30,
  confirm: 15,
  dispute: 25,
  resolve: 30,
  readNotice: 25,
  admit: 15,
  discharge: 15,
  firstContact: 15,
  makeLink: 25,
  enterCode: 20,
  answerByLink: 20,
  pause: 4,
  correct: 5,
  takeBack: 3,
  die: 1,
  close: 1,
  declineReferral: 3,
};

export interface Day {
  /** Whether the day begins with a referral that was taken, or one that waits. */
  readonly taken: boolean;
  readonly steps: readonly StepOfDay[];
}

const anyStep: fc.Arbitrary<StepOfDay> = fc.record({
  wish: fc.oneof(...Object.keys(wishes).map((name) => ({ arbitrary: fc.constant(name), weight: weights[name] ?? 10 }))),
  by: fc.oneof(
    { arbitrary: fc.constantFrom<Team>(...teams), weight: 3 },
    { arbitrary: fc.constant('system' as const), weight: 2 },
  ),
  pick: fc.nat({ max: 50 }),
  wait: fc.nat({ max: 90 }),
  late: fc.oneof({ arbitrary: fc.constant(0), weight: 3 }, { arbitrary: fc.nat({ max: 240 }), weight: 1 }),
});

export const anyDay: fc.Arbitrary<Day> = fc.record({
  taken: fc.boolean(),
  steps: fc.array(anyStep, { minLength: 1, maxLength: 50, size: 'max' }),
});

export const asked = (story: Story, { wish, by, pick, late }: StepOfDay, now: Instant): Asked<never> => ({
  ...(wishes[wish]!(story, pick) as Asked<never>),
  by,
  now,
  happened: plus(now, -minutes(late)),
});

/** Mrs Smith's record after each entry of a day. */
export function recordsAfter({ steps }: Day): readonly PersonRecord[] {
  let story = given(...referralTaken(at('2011-03-01 08:00')));
  let now = at('2011-03-01 09:00');
  for (const step of steps) {
    now = plus(now, minutes(step.wait));
    story = story.when(asked(story, step, now)).goOn();
  }
  let record = recordFold.initial(mrsSmith);
  return effectiveHistory(story.log, pathwayRegistry).map((event) => (record = recordFold.evolve(record, event)));
}
