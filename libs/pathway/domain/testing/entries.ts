import { deriveId, type CivilDate, type Instant } from '#kernel';
import type { Effect } from '../handoff/state.js';
import type { Team } from '../fields.js';
import { entry, type Entry } from './story.js';
import { hubTargets, ward, zone } from './torbay.js';

type More = Omit<Entry, 'type' | 'data' | 'at'>;

export const sealed = (words: string): string => `sealed:v1:${words}`;

export const contents = {
  asked: sealed('care at home, twice a day'),
  risks: 'noneKnown',
  safeguarding: 'noneKnown',
  agreement: 'agreed',
  sharing: 'directCareConsent',
} as const;

export const handoffId = (name: string): string => deriveId('handoff', name);
export const stayId = deriveId('stay', 'the stay');

export const referralMade = (when: Instant, more: More = {}): Entry =>
  entry(
    'ReferralMade',
    {
      pathway: 'torbay-older-people',
      definitionVersion: 1,
      definitionHash: '1'.repeat(64),
      referrer: 'generalPractitioner',
      to: zone,
      urgency: 'soon',
      reason: sealed('falls'),
    },
    when,
    more,
  );

export const referralTaken = (when: Instant, more: More = {}): readonly Entry[] => [
  referralMade(when, more),
  entry('ReferralAccepted', { team: zone, keyWorker: 'staff-jane' }, when, { by: zone, ...more }),
];

interface Offer extends More {
  readonly name?: string;
  readonly from?: Team;
  readonly to: Team;
  readonly asked?: Effect;
  readonly episode?: string;
  readonly attempt?: number;
}

export const offered = (
  when: Instant,
  { name = 'the offer', from = zone, to, asked = { effect: 'now' }, episode = 'the need', attempt = 1, ...more }: Offer,
): Entry =>
  entry(
    'HandoffOffered',
    {
      handoffId: handoffId(name),
      episode: deriveId('episode', episode),
      attempt,
      from,
      to,
      urgency: 'urgent',
      ...hubTargets(when),
      ...asked,
      contents,
    },
    when,
    { by: from, ...more },
  );

export const accepted = (
  when: Instant,
  by: Team,
  effect: Effect = { effect: 'now' },
  name = 'the offer',
  more: More = {},
): Entry => entry('HandoffAccepted', { handoffId: handoffId(name), by, ...effect }, when, { by, ...more });

export const admitted = (when: Instant, more: More = {}): Entry =>
  entry('Admitted', { stayId, method: '21', hospital: ward.organisation, ward }, when, more);

export const ready = (when: Instant): Entry =>
  entry('ReadyForTransferDeclared', { stayId, clinicalDecision: true, teamDecision: true, safeToTransfer: true }, when);

export const atDischarge = (expectedOn: CivilDate): Effect => ({ effect: 'atDischarge', expectedOn });
