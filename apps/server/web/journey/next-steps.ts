import { stayNow } from '../forms/stay.forms.js';
import { isOurs, senderOf } from '../record/acting.js';
import type { Subject } from '../record/subject.js';
import { offerHref, teamsToAsk } from '../teams/teams.view.js';

export interface Step {
  readonly text: string;
  readonly href: string;
}

export interface NextSteps {
  /** What somebody most likely came for. */
  readonly first: Step | null;
  /** The same for teams that accepted lately: they need not be looked for. */
  readonly shortcuts: readonly Step[];
  readonly groups: readonly { readonly title: string; readonly steps: readonly Step[] }[];
  /** Why there is nothing to do here. */
  readonly instead: string | null;
}

/** Shortcuts that fit beside the button without hiding it. */
const SHORTCUTS = 3;

/**
 * What the visitor can do with this journey as it stands. The command itself decides again.
 *
 * @param lately teams that accepted from theirs, the latest first
 */
export function nextSteps(subject: Subject, lately: readonly string[] = []): NextSteps {
  const { record, journey, principal, part } = subject;
  const { referral, paused, closed } = journey;
  const none: NextSteps = { first: null, shortcuts: [], groups: [], instead: null };
  if (subject.emergency)
    return { ...none, instead: 'Nothing is changed in emergency access: ring the team that is responsible.' };
  if (principal.actor.role !== 'coordinator' || part.kind !== 'whole') return none;
  if (!referral) return { ...none, instead: 'The entries of this journey were moved to another record.' };
  const to = (path: string, text: string): Step => ({ text, href: `/journeys/${journey.journeyId}/${path}` });
  if (record.death || closed)
    return { ...none, instead: 'Nothing more can be done on this journey. Entries can still be put right.' };
  if (referral.status === 'made') {
    return isOurs(subject, referral.to)
      ? {
          ...none,
          first: to('take-referral', 'Take this referral'),
          groups: [
            { title: 'Or', steps: [to('pass-on', 'Pass it on to another team'), to('decline-referral', 'Decline it')] },
          ],
        }
      : { ...none, instead: 'The team that was asked has not taken the referral yet: ring them if it is urgent.' };
  }
  const ending = { title: 'Ending', steps: [to('death', 'Record a death')] };
  if (!senderOf(subject)) {
    return {
      ...none,
      groups: [ending],
      instead: 'Another team is responsible: ring them if something has to be done.',
    };
  }
  const stay = stayNow(subject);
  const spell = stay?.ready.at(-1);
  const isReady = spell !== undefined && !spell.withdrawn;
  const hasPlan = record.plans.some(
    ({ journeyId, endedAt }) => journeyId === journey.journeyId && endedAt === undefined,
  );
  return {
    first: to('offer', 'Offer a handover'),
    shortcuts: shortcuts(subject, lately),
    groups: [
      {
        title: 'Day to day',
        steps: [
          to('contact', 'Record a contact'),
          hasPlan ? to('review-plan', 'Review the care plan') : to('care-plan', 'Agree a care plan'),
          to('place-order', 'Order equipment, meals or a placement'),
          to('key-worker', 'Name the key worker'),
          to('consent', 'Record consent to sharing'),
        ],
      },
      {
        title: 'Hospital',
        steps: stay
          ? [
              isReady ? to('not-ready', 'No longer ready to leave hospital') : to('ready', 'Ready to leave hospital'),
              to('transfer', 'Moved to another ward'),
              to('discharge', 'Left hospital'),
            ]
          : [to('admission', 'Admitted to hospital')],
      },
      {
        title: 'Pausing and ending',
        steps: [
          paused ? to('resume', 'Go on with the journey') : to('pause', 'Pause the journey'),
          to('close', 'Close the journey'),
          ...ending.steps,
        ],
      },
    ],
    instead: null,
  };
}

function shortcuts(subject: Subject, lately: readonly string[]): readonly Step[] {
  const teams = teamsToAsk(subject);
  return lately
    .flatMap((id) => teams.find((team) => team.id === id) ?? [])
    .slice(0, SHORTCUTS)
    .map(({ id, name }) => ({ text: name, href: offerHref(subject.journey.journeyId, id) }));
}
