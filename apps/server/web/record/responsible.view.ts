import { personas } from '#access';
import type { Instant } from '#kernel';
import { isAlarmed, type IdentityStrength, type Responsible } from '#pathway';
import { heldBecauseWords, nobodyBecauseWords } from '#web';
import { teamView, type TeamView } from './teams.js';

/** Who is responsible now, so that somebody on the telephone can be told in one breath. */
export interface ResponsibleView {
  readonly kind: Responsible['kind'];
  readonly alarmed: boolean;
  readonly headline: string;
  readonly since: Instant | null;
  /** By what the team holds, in a few words; why nobody does, as a sentence. */
  readonly because: string | null;
  /** The team to ring; for nobody, the one that held last. */
  readonly team: TeamView | null;
  readonly isUs: boolean;
  readonly keyWorker: string | null;
  /** Sentences that somebody must not miss. */
  readonly cautions: readonly string[];
}

/** Names are known of the development personas alone; members of staff are pseudonymous (DESIGN 4). */
export const staffName = (staff: string): string => personas.find(({ actor }) => actor.staff === staff)?.name ?? staff;

const unconfirmedWords: Readonly<Record<IdentityStrength, string>> = {
  account: 'Not confirmed yet.',
  linkWithCode: 'Answered by a link with a code, not confirmed yet by somebody of that team who signs in.',
  telephoneReport: 'Reported by telephone, not confirmed by the other team.',
};

/** @param ours teams that the visitor speaks for */
export function responsibleView(responsible: Responsible, ours: readonly string[], now: Instant): ResponsibleView {
  const none = { team: null, isUs: false, keyWorker: null, cautions: [], alarmed: false } as const;
  switch (responsible.kind) {
    case 'ended':
      return {
        ...none,
        kind: 'ended',
        headline:
          responsible.why === 'died'
            ? 'The person has died: do not contact'
            : 'Ended: nobody is responsible under this journey',
        since: responsible.since,
        because: null,
      };
    case 'nobody': {
      const { lastHeldBy, returnsTo, why, since } = responsible;
      const ring = lastHeldBy ?? returnsTo;
      const held = lastHeldBy && teamView(lastHeldBy, now).name;
      return {
        ...none,
        kind: 'nobody',
        alarmed: isAlarmed(responsible),
        headline: held === undefined ? 'Nobody has accepted' : `Nobody has accepted; last held by ${held}`,
        since: why === 'notStarted' ? null : since,
        because: nobodyBecauseWords[why],
        team: ring ? teamView(ring, now) : null,
        cautions:
          returnsTo && lastHeldBy && returnsTo.team !== lastHeldBy.team
            ? [`Before the hospital stay ${teamView(returnsTo, now).name} was responsible: ring them too.`]
            : [],
      };
    }
    case 'team': {
      const { team, since, because, keyWorker, returnsTo, unconfirmed, strength, disputed } = responsible;
      const view = teamView(team, now);
      const isUs = ours.includes(team.team);
      return {
        kind: 'team',
        alarmed: false,
        headline: view.name,
        since,
        because: heldBecauseWords[because],
        team: view,
        isUs,
        keyWorker: keyWorker === undefined ? null : staffName(keyWorker),
        cautions: [
          ...(disputed
            ? [
                'Two accounts stand against each other about who holds. Both are below; ring the other team and settle it.',
              ]
            : []),
          ...(unconfirmed ? [unconfirmedWords[strength ?? 'telephoneReport']] : []),
          ...(returnsTo
            ? [
                `After the hospital stay ${teamView(returnsTo, now).name} is responsible again, unless another team accepts.`,
              ]
            : []),
        ],
      };
    }
  }
}
