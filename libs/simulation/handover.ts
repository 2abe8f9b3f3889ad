import { addDays, civilDate, deriveId, eventIdOf, hours, minutes } from '#kernel';
import type { Team } from '#pilots';
import type { Chance } from './chance.js';
import { answerWithoutAccount, wayOf } from './answer.js';
import type { Script } from './script.js';
import { ask, risk } from './words.js';

const DAY = hours(24);

export interface Handover {
  readonly journeyId: string;
  readonly from: Team;
  /** Whom to ask, in order: the next one where one declines or keeps silent. */
  readonly askable: readonly Team[];
  readonly effect: 'now' | 'atDischarge';
  /** Median time to an answer, milliseconds. */
  readonly answers: number;
}

/**
 * One team asks others to take over until one does: seen or not, accepted, declined, left without an answer, taken
 * back. The mess is the point (FACTS 3.1, edge cases).
 *
 * @returns who holds by it afterwards; undefined where nobody took it
 */
export function handOver(script: Script, handover: Handover): { to: Team; handoffId: string } | undefined {
  const { journeyId, from, effect, answers } = handover;
  const { chance } = script;
  for (const to of handover.askable) {
    const about = { journeyId, handoffId: offer(script, handover, to) };
    const way = wayOf(script, to);
    script.wait(answers * 0.4);
    // Whoever has no account does not see it here.
    if (chance.share(0.85) && way === 'account') script.tell({ by: to, command: 'acknowledge-handoff', body: about });
    script.wait(answers * 0.6);
    const drawn = chance.whole(1, 100);
    if (drawn <= 74) {
      if (way === 'account') script.tell({ by: to, command: 'accept-handoff', body: about, late: 0.04 });
      else answerWithoutAccount(script, way, { about, from, to, effect }, { answer: 'accepted' });
      return { to, handoffId: about.handoffId };
    }
    if (drawn <= 86) {
      const why = chance.one(['noCapacity', 'outsideWhatWeTake', 'notEnoughInformation', 'outOfArea'] as const);
      if (way === 'account') script.tell({ by: to, command: 'decline-handoff', body: { ...about, reason: why } });
      else answerWithoutAccount(script, way, { about, from, to, effect }, { answer: 'declined', reason: why });
      script.wait(hours(2));
      if (chance.share(0.9)) script.tell({ by: from, command: 'act-on-decline', body: about });
    } else if (drawn <= 92) {
      script.tell({ by: from, command: 'withdraw-handoff', body: { ...about, reason: 'noLongerNeeded' } });
      return undefined;
    } else if (drawn <= 96) {
      // Answered by telephone, written down by the sender; most are confirmed, a few denied (scenario 9).
      const report = script.tell({
        by: from,
        command: 'report-handoff-answer',
        body: { ...about, answer: 'accepted', effect, spokenTo: 'The duty worker' },
      });
      script.wait(hours(5));
      const answer = { ...about, report: eventIdOf(report, 0) };
      if (chance.share(0.85)) {
        script.tell({ by: to, command: 'confirm-handoff-report', body: answer });
        return { to, handoffId: about.handoffId };
      }
      script.tell({ by: to, command: 'dispute-handoff-report', body: answer });
      return undefined;
    } else {
      script.wait(2 * DAY); // Silence: the offer stays open, and counts as open.
    }
  }
  return undefined;
}

function offer(script: Script, { journeyId, from, effect }: Handover, to: Team): string {
  const { chance } = script;
  const risky = chance.share(0.4);
  script.untilOfficeHours();
  const commandId = script.tell({
    by: from,
    command: 'offer-handoff',
    body: {
      journeyId,
      to: to.id,
      urgency: chance.one(['urgent', 'soon', 'soon', 'routine'] as const),
      effect,
      ...(effect === 'atDischarge' && { expectedOn: addDays(civilDate(script.now), chance.whole(1, 3)) }),
      asked: ask(chance),
      risks: risky ? 'yes' : 'noneKnown',
      ...(risky && { riskDetail: risk(chance) }),
      safeguarding: chance.share(0.1) ? 'notAsked' : 'noneKnown',
      agreement: chance.share(0.95) ? 'agreed' : 'lacksCapacityBestInterests',
      sharing: 'directCareConsent',
    },
  });
  return deriveId('handoff', commandId);
}

/** The receiver sees the person for the first time, usually within a day or two. */
export function firstContact(script: Script, journeyId: string, { to, handoffId }: { to: Team; handoffId: string }): void {
  script.wait(hours(20));
  script.untilOfficeHours();
  const body = { journeyId, handoffId, mode: script.chance.share(0.8) ? 'visit' : 'telephone', ...verdict(script.aside) };
  script.tell({ by: to, command: 'record-first-contact', body, late: 0.05 });
  script.wait(minutes(30));
}

/** What the receiver found (hazard H27). Three in ten say nothing; of those who do, one in four missed something. */
function verdict(aside: Chance): object {
  if (!aside.share(0.7)) return {};
  const drawn = aside.whole(1, 100);
  if (drawn <= 75) return { asDescribed: 'yes' };
  const missing = aside.one(['medicines', 'medicines', 'equipment', 'access', 'need', 'carer', 'risks', 'communication', 'toldPerson'] as const);
  return { asDescribed: drawn <= 93 ? 'partly' : 'no', missing };
}
