import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { personaOf } from '#access';
import { commandFrom, Executor } from '#commands';
import { civilDate, EventRegistry, hours, plus, type Clock, type RecordedEvent } from '#kernel';
import { openMemoryEventStore } from '#event-store';
import { answeredAs, orderIsOpen, orderIsOverdue, pathwayEvents, pathwayUseCases, recordFold, recordOf, responsibleAt } from '#pathway';
import { registerPerson } from '#people';
import { EVENTS_A_JOURNEY, programme, PROGRAMME_NOW } from './programme.js';
import type { Step } from './script.js';
import { openingMorning } from './opening-morning.js';

const useCases = [registerPerson, ...pathwayUseCases] as unknown as ConstructorParameters<typeof Executor>[0]['useCases'];
const registry = new EventRegistry(pathwayEvents);

/** Lets the steps happen, through the same commands as everybody's. */
async function play(steps: Iterable<Step>) {
  const store = openMemoryEventStore();
  let at = '';
  const clock: Clock = { now: () => at };
  const executor = new Executor({
    store, registry, clock, useCases, synthetic: true,
    secrets: { commandHash: (content) => createHash('sha256').update(JSON.stringify(content)).digest('hex'), sealing: async () => () => 'sealed:v1:AAAA', resealing: async () => (sealed) => sealed },
    fold: recordFold as never,
    authorise: () => undefined,
  });
  const refused: string[] = [];
  const events: Record<string, number> = {};
  for (const step of steps) {
    at = step.at;
    const command = commandFrom(useCases.find(({ name }) => name === step.command)!.command, step.body);
    const role = step.link === undefined ? 'coordinator' : 'linkHolder';
    const actor = { staff: 'staff-1', role, organisation: step.by.organisation, sector: step.by.sector, pilot: step.by.pilot } as const;
    try {
      const answer = await executor.execute(command, { commandId: step.commandId, actor, teams: [step.by.id], purpose: 'simulation', source: 'test' });
      for (const { type } of answer.events) events[type] = (events[type] ?? 0) + 1;
    } catch (error) {
      refused.push(`${step.command}: ${(error as { code: string }).code}`);
    }
  }
  return { store, refused, events, total: Object.values(events).reduce((a, b) => a + b, 0) };
}

const recordsOf = (events: readonly RecordedEvent[]) =>
  [...Map.groupBy(events, ({ person }) => person!)].map(([person, recorded]) => recordOf(person, recorded));

describe('The simulated programme', () => {
  const people = 400;
  let played: Awaited<ReturnType<typeof play>>;
  beforeAll(async () => {
    played = await play(programme({ seed: 5, people }));
  }, 60_000);

  it('is told in the order in which it is recorded, and stops when the demo opens', () => {
    const times = [...programme({ seed: 5, people: 100 })].map(({ at }) => at);
    expect(times).toEqual([...times].sort());
    expect(times.at(-1)! <= PROGRAMME_NOW).toBe(true);
  });

  it('runs the pathway of each pilot: older people, COPD, substance misuse with housing', () => {
    const steps = [...programme({ seed: 5, people })];
    const run = new Set(
      steps.flatMap(({ command, body, by }) => (command === 'take-referral' ? [`${by.pilot} ${String(body['pathway'])}`] : [])),
    );
    expect(run).toContain('torbay torbay-older-people');
    expect(run).toContain('northumbria northumbria-copd');
    expect(run).toContain('wakefield wakefield-substance-misuse');
    expect(run).not.toContain('wakefield integrated-care');
    const housed = steps.filter(({ command, by }) => command === 'accept-handoff' && by.sector === 'housing');
    expect(housed.length).toBeGreaterThan(0);
  });

  it('says of everybody who is referred what was known of the criteria', () => {
    const asked = [...programme({ seed: 5, people: 200 })].filter(({ command }) => command === 'take-referral');
    const answers = asked.flatMap(({ body }) => Object.values(body['eligibility'] as Record<string, string>));
    expect(new Set(answers)).toEqual(new Set(['met', 'notKnown']));
  });

  it('is the same again for the same seed, and another for another', () => {
    const steps = (seed: number) => JSON.stringify([...programme({ seed, people: 50 })]);
    expect(steps(5)).toBe(steps(5));
    expect(steps(6)).not.toBe(steps(5));
  });

  it('is seldom refused by the rules', () => {
    expect(played.refused.length / played.total).toBeLessThan(0.02);
  });

  it('comes to about as many events a journey as it says', () => {
    expect(played.total / people / EVENTS_A_JOURNEY).toBeGreaterThan(0.93);
    expect(played.total / people / EVENTS_A_JOURNEY).toBeLessThan(1.07);
  });

  it('orders equipment, meals and placements: most come in time, some late, some not at first, some are cancelled', async () => {
    const { events } = await played.store.readAll({ limit: 100_000 });
    const ordered = recordsOf(events).flatMap(({ journeys }) => Object.values(journeys).flatMap(({ orders }) => orders));
    expect(new Set(ordered.map(({ kind }) => kind))).toEqual(new Set(['equipment', 'meals', 'placement']));
    const came = ordered.filter(({ delivered }) => delivered);
    const isLate = ({ delivered, promisedOn = '9999' }: (typeof ordered)[number]) => civilDate(delivered!.at) > promisedOn;
    const share = (some: readonly unknown[]) => some.length / ordered.length;
    expect(share(came.filter(isLate))).toBeGreaterThan(0.08);
    expect(share(came.filter(isLate))).toBeLessThan(0.25);
    expect(share(ordered.filter(({ cancelled }) => cancelled))).toBeGreaterThan(0.01);
    expect(share(ordered.filter(({ failed }) => failed))).toBeGreaterThan(0.03);
    // None is forgotten: what is open was ordered in the last weeks.
    expect(ordered.filter((order) => orderIsOpen(order) && order.placed.at < plus(PROGRAMME_NOW, -hours(24 * 30)))).toEqual([]);
  });

  it('brings nothing to somebody whose death has been written down', async () => {
    const { events } = await played.store.readAll({ limit: 100_000 });
    const died = recordsOf(events).filter(({ death }) => death);
    const after = died.flatMap(({ journeys, death }) =>
      Object.values(journeys).flatMap(({ orders }) => orders.filter(({ placed, delivered }) => (delivered ?? placed).at > death!.recordedAt)),
    );
    expect(after).toEqual([]);
  });

  it('says at first contact whether people were as described, mostly yes, and is silent at times', async () => {
    const { events } = await played.store.readAll({ limit: 100_000 });
    const found = events.flatMap(({ type, data }) => (type === 'FirstContactRecorded' ? [data as { asDescribed?: string; missing?: string }] : []));
    const share = (verdict: string | undefined) => found.filter(({ asDescribed }) => asDescribed === verdict).length / found.length;
    expect(share(undefined)).toBeGreaterThan(0.2);
    expect(share('yes')).toBeGreaterThan(share('partly'));
    expect(share('partly')).toBeGreaterThan(share('no'));
    expect(share('no')).toBeGreaterThan(0);
    expect(found.filter(({ asDescribed, missing }) => (asDescribed === 'partly' || asDescribed === 'no') !== (missing !== undefined))).toEqual([]);
  });

  it('has voluntary organisations answer by telephone and by a link, some confirmed and some not', async () => {
    const { events } = await played.store.readAll({ limit: 100_000 });
    const answers = recordsOf(events).flatMap(({ journeys }) =>
      Object.values(journeys).flatMap(({ handoffs }) => handoffs.filter(({ to }) => to.sector === 'thirdSector').flatMap((one) => answeredAs(one) ?? [])),
    );
    const of = (strength: string, report?: string) => answers.filter((one) => one.strength === strength && one.report === report).length;
    for (const strength of ['telephoneReport', 'linkWithCode']) {
      expect([strength, of(strength, 'confirmed') > 0]).toEqual([strength, true]);
      expect([strength, of(strength, 'notConfirmed') > 0]).toEqual([strength, true]);
    }
    expect(of('account')).toBeGreaterThan(0);
    // Nothing secret is in a step: no code of a link, and no address.
    const steps = [...programme({ seed: 5, people: 100 })].filter(({ link }) => link);
    expect(new Set(steps.flatMap(({ body }) => Object.keys(body)))).toEqual(
      new Set(['journeyId', 'handoffId', 'link', 'isRight', 'answer', 'saidBy', ...(steps.some(({ body }) => body['reason']) ? ['reason'] : [])]),
    );
  });

  it('has the mess of real life: declines, silence, telephone answers, disputes, late entries, corrections, errors, deaths', async () => {
    for (const type of [
      'HandoffDeclined', 'HandoffWithdrawn', 'HandoffAnswerReported', 'HandoffReportDisputed', 'ReferralDeclined', 'ReadinessWithdrawn',
      'EntryMarkedInError', 'EntryCorrected', 'PersonDied', 'JourneyPaused',
    ]) expect([type, (played.events[type] ?? 0) > 0]).toEqual([type, true]);
    const { events } = await played.store.readAll({ limit: 100_000 });
    const late = events.filter(({ occurredAt, recordedAt }) => occurredAt < recordedAt);
    expect(late.length / events.length).toBeGreaterThan(0.01);
    expect(late.length / events.length).toBeLessThan(0.1);
  });
});

describe('The morning on which the demo opens', () => {
  it('makes Torbay\'s persona the key worker of the people in it', () => {
    const named = openingMorning().flatMap(({ body }) => body['keyWorker'] ?? []);
    expect(new Set(named)).toEqual(new Set([personaOf('coordinator-torbay')!.actor.staff]));
  });

  it('holds no step that the rules refuse', async () => {
    expect((await play(openingMorning())).refused).toEqual([]);
  });

  it('has a commode that was promised for yesterday and has not come, for the woman who goes home today', async () => {
    const { events } = await (await play(openingMorning())).store.readAll({ limit: 1000 });
    const late = recordsOf(events).flatMap(({ stays, journeys }) =>
      Object.values(journeys).flatMap(({ orders, handoffs }) =>
        orders
          .filter((order) => orderIsOverdue(order, '2011-03-01'))
          .map((order) => ({
            order: [order.kind, order.team.team, order.promisedOn],
            inHospital: stays.some(({ discharged }) => !discharged),
            asked: handoffs.at(-1)?.asked.expectedOn,
          })),
      ),
    );
    expect(late).toEqual([
      { order: ['equipment', 'torbay-north-zone', '2011-02-28'], inHospital: true, asked: '2011-03-01' },
    ]);
  });

  it('finds nobody responsible for the woman who was sent home to a closed agency, and Torbay for the one declined', async () => {
    const { store } = await play(openingMorning());
    const { events } = await store.readAll({ limit: 1000 });
    const answers = [...Map.groupBy(events, ({ person }) => person!)].map(([person, recorded]) => {
      const record = recordOf(person, recorded);
      const answer = responsibleAt(record, Object.keys(record.journeys)[0]!, '2011-03-01T08:05:00.000Z');
      return answer.kind === 'team' ? answer.team.team : `${answer.kind} ${answer.why}`;
    });
    expect(answers.sort()).toEqual([
      'brixham-home-care-team', 'ended died', 'nobody receiverClosed', 'torbay-hospital-care-of-the-elderly-ward', 'torbay-north-zone', 'torbay-north-zone',
    ]);
  });
});
