import { refuse, type CivilDate, type Decision } from '#kernel';
import type { Context } from '../context.js';
import { given, happened } from '../event.js';
import {
  happenedByNow,
  isTeam,
  journeyIsOpen,
  onJourney,
  personIsAlive,
  referralIsTaken,
  unless,
  notBefore,
} from '../policies.js';
import type { PersonRecord } from '../record/state.js';
import { actingTeam } from '../responsibility/sender.js';

export interface AgreeCarePlan {
  readonly journeyId: string;
  readonly reviewBy?: CivilDate;
  readonly kind?: string;
  /** Ciphertext. */
  readonly goals?: string;
}

export const agreeCarePlan = (command: AgreeCarePlan, record: PersonRecord, context: Context): Decision =>
  onJourney(command, record, context, (about) =>
    unless(about, [happenedByNow, personIsAlive, journeyIsOpen, referralIsTaken], () => {
      const team = actingTeam(about);
      const { reviewBy, kind, goals } = command;
      return isTeam(team)
        ? [happened('CarePlanAgreed', { plan: context.newId('plan'), team, ...given({ reviewBy, kind, goals }) })]
        : team;
    }),
  );

export interface ReviewCarePlan {
  readonly journeyId: string;
  readonly plan: string;
  readonly reviewBy?: CivilDate;
  /** Ciphertext. */
  readonly changes?: string;
}

export const reviewCarePlan = (command: ReviewCarePlan, record: PersonRecord, context: Context): Decision =>
  onJourney(command, record, context, (about) =>
    unless(about, [happenedByNow, personIsAlive, journeyIsOpen], ({ journey }) => {
      const plan = record.plans.find((known) => known.plan === command.plan && known.journeyId === journey.journeyId);
      if (!plan) return refuse('plan-not-found', 'This journey has no such care plan: agree one first.');
      const tooEarly = notBefore(plan.agreed.at, 'The plan was agreed', context);
      if (tooEarly) return tooEarly;
      const team = actingTeam(about);
      const { reviewBy, changes } = command;
      return isTeam(team)
        ? [happened('CarePlanReviewed', { plan: plan.plan, team, ...given({ reviewBy, changes }) })]
        : team;
    }),
  );
