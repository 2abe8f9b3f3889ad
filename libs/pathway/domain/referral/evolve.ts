import type { Handlers } from '../record/event.js';
import { markOf } from '../record/mark.js';
import type { Journey, Referral } from '../record/state.js';

const change = (journey: Journey, to: (referral: Referral) => Referral | undefined): Journey | undefined => {
  const referral = journey.referral && to(journey.referral);
  return referral && { ...journey, referral };
};

export const referralHandlers: Handlers<Journey> = {
  ReferralMade: (journey, { pathway, definitionVersion, definitionHash, ...made }, event) =>
    journey.referral
      ? undefined
      : {
          ...journey,
          ...(event.pilot !== undefined && { pilot: event.pilot }),
          synthetic: event.synthetic,
          pathway,
          definitionVersion,
          definitionHash,
          referral: { ...made, status: 'made', made: markOf(event), redirects: [] },
        },

  ReferralAccepted: (journey, { team, keyWorker }, event) => {
    const mark = markOf(event);
    const accepted = change(journey, (referral) =>
      referral.accepted ? undefined : { ...referral, status: 'accepted', accepted: { ...mark, team } },
    );
    return accepted && keyWorker !== undefined
      ? { ...accepted, keyWorkers: [...accepted.keyWorkers, { ...mark, team: team.team, keyWorker }] }
      : accepted;
  },

  ReferralDeclined: (journey, declined, event) =>
    change(journey, (referral) =>
      referral.status === 'made'
        ? { ...referral, status: 'declined', declined: { ...markOf(event), ...declined } }
        : undefined,
    ),

  ReferralRedirected: (journey, { from, to }, event) =>
    change(journey, (referral) => {
      if (referral.accepted) return undefined;
      const { declined: _, ...asked } = referral;
      return { ...asked, status: 'made', to, redirects: [...referral.redirects, { ...markOf(event), from, to }] };
    }),

  KeyWorkerNamed: (journey, { team, keyWorker }, event) => ({
    ...journey,
    keyWorkers: [...journey.keyWorkers, { ...markOf(event), team: team.team, keyWorker }],
  }),
};
