import { civilDate, type Instant } from '#kernel';
import type { Team } from '../fields.js';
import type { Handoff } from '../handoff/state.js';
import type { Journey, PersonRecord } from '../record/state.js';
import { heldFrom } from './effect.js';

/** What a receiver has to be told although nobody asked it anything (scenarios 4, 7 and 8). */
export interface Alert {
  readonly kind: 'deteriorated' | 'homeEarly' | 'doNotContact';
  readonly to: Team;
  readonly at: Instant;
  readonly handoffId: string;
}

function alertOf(record: PersonRecord, handoff: Handoff): Alert | undefined {
  const { accepted, stopped, to, handoffId } = handoff;
  const tell = (kind: Alert['kind'], at: Instant): Alert => ({ kind, to, at, handoffId });
  if (record.death && (handoff.status === 'accepted' || stopped?.why === 'died'))
    return tell('doNotContact', record.death.at);
  if (handoff.status !== 'accepted' || !accepted || accepted.effect !== 'atDischarge') return undefined;
  const held = heldFrom(record, handoff);
  if (held !== undefined) {
    const early = accepted.expectedOn !== undefined && civilDate(held) < accepted.expectedOn;
    return early && !handoff.firstContact ? tell('homeEarly', held) : undefined;
  }
  const spell = record.stays.findLast(({ discharged }) => !discharged)?.ready.at(-1);
  return spell?.withdrawn && spell.withdrawn.at >= accepted.at ? tell('deteriorated', spell.withdrawn.at) : undefined;
}

/** What the receivers of a journey's handoffs have to be told now. */
export const alertsOf = (record: PersonRecord, journey: Journey): readonly Alert[] =>
  journey.handoffs.map((handoff) => alertOf(record, handoff)).filter((alert) => alert !== undefined);
