import { boundary, isCare, refuse, type Decision, type Refusal } from '#kernel';
import type { Urgency } from '../codes.js';
import { withheldFrom } from '../consent/consent.js';
import type { Context } from '../context.js';
import { given, happened } from '../event.js';
import type { OfferContents, Team } from '../fields.js';
import {
  happenedByNow,
  isTeam,
  journeyIsOpen,
  onJourney,
  openTeam,
  personIsAlive,
  referralIsTaken,
  timeIsKnown,
  unless,
  type JourneyCase,
  type Policy,
} from '../policies.js';
import type { PersonRecord } from '../record/state.js';
import { actingTeam } from '../responsibility/sender.js';
import { nameOf, when } from '../words.js';
import { contentsOf, contentsProblem } from './contents.js';
import { openEpisode } from './episode.js';
import { effectProblem } from './policies.js';
import { isOpen, type Effect } from './state.js';

/** Free text in it is ciphertext. */
export interface OfferHandoff extends OfferContents, Effect {
  readonly journeyId: string;
  readonly to: string;
  readonly urgency: Urgency;
}

interface OfferCase extends JourneyCase {
  readonly command: OfferHandoff;
}

const isWhole: Policy<OfferCase> = ({ command }) => contentsProblem(command);

/** Outside health and social care nothing clinical is told, unless the person consented or the law asks (FACTS 6, 7.2). */
const mayBeTold = ({ command, context }: OfferCase, to: Team): Refusal | undefined =>
  isCare(to.sector) || command.sharing === 'directCareConsent' || command.sharing === 'statutory'
    ? undefined
    : refuse(
        'no-basis-outside-care',
        `${nameOf(to.team, context)} is outside health and social care: ask the person whether they may be told, or do not offer.`,
        { team: to.team },
      );
/**
 * A refusal or a withdrawal ends sharing from then on, and never blocks direct care silently: whoever offers all the
 * same says why, and the receiver reads it. That this is so, and with which reasons, is our rule `[M]`.
 */
const sharesAsConsented = ({ record, command, context }: OfferCase, to: Team): Refusal | undefined => {
  const withheld = withheldFrom(record, to, context.occurredAt);
  if (!withheld) return undefined;
  const did = withheld.decision === 'refused' ? 'refused consent' : 'withdrew consent';
  const said = `The person ${did} to sharing with ${nameOf(to.team, context)} ${when(withheld.at, context.now)}`;
  if (command.despite === undefined)
    return refuse(
      'consent-withheld',
      `${said}: say why it is shared all the same, such as safeguarding, or do not offer.`,
      { team: to.team },
    );
  return command.sharing === 'directCareConsent' || command.sharing === 'directCareImplied'
    ? refuse('no-basis-for-sharing', `${said}: name another basis for sharing, or do not offer.`, { team: to.team })
    : undefined;
};

const effectIsWhole: Policy<OfferCase> = ({ command }) => effectProblem(command);

const crossing = ({ journey, context }: OfferCase, from: Team, to: Team): Refusal | undefined => {
  const rules = context.rules(journey.pathway, journey.definitionVersion);
  if (!rules) return refuse('pathway-unknown', 'The pathway of this journey is not known in its version.');
  const crossed = boundary(from.sector, to.sector);
  return rules.boundaries.includes(crossed)
    ? undefined
    : refuse(
        'boundary-not-in-pathway',
        `This pathway hands nothing over from ${from.sector} to ${to.sector}: choose another team.`,
        {
          boundary: crossed,
        },
      );
};

const offering = [
  happenedByNow,
  timeIsKnown,
  personIsAlive,
  journeyIsOpen,
  referralIsTaken,
  effectIsWhole,
  isWhole,
] as const;

/** Asks another team to take over. Nothing moves until it accepts. */
export const offerHandoff = (command: OfferHandoff, record: PersonRecord, context: Context): Decision =>
  onJourney(command, record, context, (journeyCase) =>
    unless({ ...journeyCase, command }, offering, (about) => {
      const { journey } = about;
      const from = actingTeam(about);
      if (!isTeam(from)) return from;
      const to = openTeam(command.to, context.occurredAt, context);
      if (!isTeam(to)) return to;
      if (from.team === to.team)
        return refuse('same-team', 'That team holds already: choose another.', { team: to.team });
      const refusal = crossing(about, from, to) ?? mayBeTold(about, to) ?? sharesAsConsented(about, to);
      if (refusal) return refusal;
      const toThem = journey.handoffs.filter((handoff) => handoff.to.team === to.team);
      if (toThem.some(({ offered }) => offered.at === context.occurredAt)) return [];
      if (toThem.some(isOpen)) {
        return refuse('already-offered', `${nameOf(to.team, context)} has this offer and has not answered yet.`, {
          team: to.team,
        });
      }
      const episode = openEpisode(journey);
      const { acknowledgeBy, acceptBy, targetVersion } = context.deadlines({
        from: from.sector,
        to: to.sector,
        urgency: command.urgency,
        offeredAt: context.occurredAt,
        receiver: to.team,
      });
      return [
        happened('HandoffOffered', {
          handoffId: context.newId('handoff'),
          episode: episode?.episode ?? context.newId('episode'),
          attempt: (episode?.attempts.length ?? 0) + 1,
          from,
          to,
          urgency: command.urgency,
          acknowledgeBy,
          acceptBy,
          targetVersion,
          effect: command.effect,
          ...given({ effectAt: command.effectAt, expectedOn: command.expectedOn }),
          contents: contentsOf(command),
        }),
      ];
    }),
  );
