import { linkStanding, type Handoff } from '#pathway';
import { linkLimits } from '#pilots';
import type { Instant } from '#kernel';
import type { Posted } from '#web';
import { seenNow } from '../form/since-opened.js';
import { personView, type PersonView } from '../record/person.view.js';
import { wantsNewLink } from '../record/revision.view.js';
import type { Subject } from '../record/subject.js';
import { teamView, type TeamView } from '../record/teams.js';

export interface MakePage {
  readonly person: PersonView;
  readonly heading: string;
  readonly to: TeamView;
  /** What a link made now would carry. */
  readonly until: Instant;
  readonly wrongCodes: number;
  /** An earlier link works still, and ends by a new one. */
  readonly replaces: boolean;
  /** They read the offer by a link before it was put right. */
  readonly putRight: boolean;
  readonly hidden: Posted;
  readonly back: string;
}

const backTo = ({ journey }: Subject, { handoffId }: Handoff): string =>
  `/journeys/${journey.journeyId}/handovers/${handoffId}`;

export function makePage(subject: Subject, handoff: Handoff, formId: string): MakePage {
  const { record, identity, now } = subject;
  const last = handoff.links.at(-1);
  const to = teamView(handoff.to, now);
  const { until, wrongCodes } = linkLimits({ issuedAt: now, urgency: handoff.urgency, receiver: handoff.to.team });
  return {
    person: personView(record, identity, now),
    heading: `Make a link for ${to.name} to answer with`,
    to,
    until,
    wrongCodes,
    replaces: last !== undefined && linkStanding(handoff, last, now) === 'working',
    putRight: wantsNewLink(handoff),
    hidden: { _form: formId, ...seenNow({ ...subject, handoff }) },
    back: backTo(subject, handoff),
  };
}

export interface MadePage {
  readonly person: PersonView;
  readonly to: TeamView;
  readonly address: string;
  /** In two groups of three, as it is read out. */
  readonly code: string;
  readonly until: Instant;
  readonly back: string;
}

export function madePage(
  subject: Subject,
  handoff: Handoff,
  { address, code }: { readonly address: string; readonly code: string },
): MadePage {
  const { record, identity, now } = subject;
  return {
    person: personView(record, identity, now),
    to: teamView(handoff.to, now),
    address,
    code: `${code.slice(0, 3)} ${code.slice(3)}`,
    until: handoff.links.at(-1)?.until ?? now,
    back: backTo(subject, handoff),
  };
}
