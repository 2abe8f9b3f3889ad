import { addDays, civilDate, deriveId, eventIdOf, hours, minutes, type Instant } from '#kernel';
import { definitionsOf, teamsOf, type Serves, type Team } from '#pilots';
import { Chance } from './chance.js';
import { eligibility } from './eligibility.js';
import { firstContact, handOver } from './handover.js';
import { hospitalStay } from './hospital.js';
import { madeUpPerson } from './made-up-person.js';
import { orders, type OrderMoment } from './orders.js';
import { Script, type Step } from './script.js';
import { goal, note, reason } from './words.js';

const DAY = hours(24);

export interface LifeOptions {
  readonly seed: number;
  /** Number of the person: their chance, name and ids follow from it and the seed. */
  readonly index: number;
  readonly pilot: string;
  readonly begins: Instant;
}

/** One person's way through a pilot, as the commands that its teams send; the same for the same seed and index. */
export function life({ seed, index, pilot, begins }: LifeOptions): readonly Step[] {
  const chance = new Chance(seed, index);
  const script = new Script(chance, new Chance(seed ^ 0xa51de, index), `${seed}/${index}`, begins);
  script.untilOfficeHours();
  const today = civilDate(script.now);
  const teams = teamsOf(pilot, today);
  const some = (...kinds: Serves[]) => teams.filter((team) => kinds.includes(team.serves));
  const hub = chance.one(some('hub'));

  const { givenName, familyName, birthDate, sex, nhsNumber, phone } = madeUpPerson(chance, index, today);
  const registered = script.tell({
    by: hub,
    command: 'register-person',
    body: { givenName, familyName, birthDate, sex, phone, ...(nhsNumber && { nhsNumber }) },
  });
  const personId = deriveId('person', registered);
  script.wait(minutes(4));
  const pathway = chance.one(definitionsOf(pilot)).id;
  const referred = script.tell({
    by: hub,
    command: 'take-referral',
    body: {
      personId,
      pathway,
      eligibility: eligibility({ pathway, day: civilDate(script.now), birthDate }, seed, index),
      referrer: chance.one(['generalPractitioner', 'generalPractitioner', 'hospital', 'carer', 'self', 'communityTeam'] as const),
      to: hub.id,
      urgency: chance.one(['urgent', 'soon', 'soon', 'routine'] as const),
      reason: reason(chance),
      ...(chance.share(0.8) && { accept: true, keyWorker: `staff-${deriveId('worker', hub.id).slice(0, 6)}` }),
    },
  });
  const journeyId = deriveId('journey', referred);
  const accepted = script.steps.at(-1)!.body['accept'] === true;
  if (!accepted) {
    script.wait(hours(3));
    if (chance.share(0.08)) {
      script.tell({ by: hub, command: 'decline-referral', body: { journeyId, reason: chance.one(['notEligible', 'outOfArea'] as const) } });
      return script.inOrder();
    }
    script.tell({ by: hub, command: 'accept-referral', body: { journeyId } });
  }

  let holder = hub;
  contacts(script, journeyId, holder, chance.whole(1, 3));
  const plan = agreePlan(script, journeyId, holder);
  const moments: OrderMoment[] = [{ at: script.now, by: holder, share: 0.45 }];
  const receivers = chance.share(0.6) ? some('homeCare', 'assessment', 'voluntary', 'housing') : some('community', 'mentalHealth', 'practice');
  for (let round = chance.whole(1, 3); round > 0; round--) {
    const askable = shuffled(chance, receivers.filter((team) => team.id !== holder.id)).slice(0, 3);
    const taken = handOver(script, { journeyId, from: holder, askable, effect: 'now', answers: hours(3) });
    if (taken) {
      holder = taken.to;
      firstContact(script, journeyId, taken);
      moments.push({ at: script.now, by: holder, share: 0.3 });
    }
    contacts(script, journeyId, holder, chance.whole(1, 4));
    if (chance.share(0.35)) {
      const ward = chance.one(teams.filter(({ sector }) => sector === 'secondary'));
      const after = hospitalStay(script, { personId, journeyId, ward, before: holder, receivers: askable });
      if (!after) return withOrders(script, journeyId, moments);
      holder = after;
    }
  }
  if (chance.share(0.5)) {
    script.wait(40 * DAY);
    script.tell({ by: holder, command: 'review-care-plan', body: { journeyId, plan, reviewBy: addDays(civilDate(script.now), 91) }, late: 0.05 });
  }
  ending(script, { journeyId, personId, holder });
  return withOrders(script, journeyId, moments);
}

/** Once it is known how the life went: nobody goes on bringing meals to somebody who died. */
function withOrders(script: Script, journeyId: string, moments: readonly OrderMoment[]): readonly Step[] {
  const died = script.steps.find(({ command }) => command === 'record-death')?.at;
  orders(script, { journeyId, moments, died });
  return script.inOrder();
}

function contacts(script: Script, journeyId: string, by: Team, count: number): void {
  for (let i = 0; i < count; i++) {
    script.wait(5 * DAY);
    script.untilOfficeHours();
    const mode = script.chance.one(['visit', 'visit', 'telephone', 'clinic'] as const);
    const commandId = script.tell({ by, command: 'record-contact', body: { journeyId, mode, note: note(script.chance) }, late: 0.05 });
    if (script.chance.share(0.004)) {
      script.wait(DAY);
      const entry = eventIdOf(commandId, 0);
      script.tell({ by, command: 'mark-entry-in-error', body: { journeyId, entry, reason: 'recordedWrongly' } });
    }
  }
}

function agreePlan(script: Script, journeyId: string, by: Team): string {
  script.wait(2 * DAY);
  script.untilOfficeHours();
  const reviewBy = addDays(civilDate(script.now), 91);
  return deriveId('plan', script.tell({ by, command: 'agree-care-plan', body: { journeyId, reviewBy, goals: goal(script.chance) } }));
}

function ending(script: Script, { journeyId, personId, holder }: { journeyId: string; personId: string; holder: Team }): void {
  const { chance } = script;
  if (chance.share(0.15)) {
    script.tell({ by: holder, command: 'pause-journey', body: { journeyId, reason: 'awayFromHome' } });
    script.wait(12 * DAY);
    script.tell({ by: holder, command: 'resume-journey', body: { journeyId } });
  }
  script.wait(30 * DAY);
  if (chance.share(0.08)) {
    script.tell({ by: holder, command: 'record-death', body: { personId, place: chance.one(['usualResidence', 'careHome', 'hospice'] as const) }, late: 0.2 });
  } else if (chance.share(0.75)) {
    script.untilOfficeHours();
    script.tell({ by: holder, command: 'close-journey', body: { journeyId, reason: chance.one(['goalsMet', 'goalsMet', 'personsChoice'] as const), agreedWith: 'The person and the family' } });
  }
}

function shuffled<T>(chance: Chance, list: readonly T[]): readonly T[] {
  const left = [...list];
  return list.map(() => left.splice(chance.whole(0, left.length - 1), 1)[0]!);
}
