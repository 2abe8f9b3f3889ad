import { describe, expect, it } from '@jest/globals';
import { careOfPerson, hospitalNow, planCoverage, staysInHospital, staysOfPerson, type Scope } from '#pathway';
import type { Rows } from '#projections';
import { at, brixham, idOf, north, person, projected, sealed } from '../../../../test/support/history.js';

const smith = person('Mrs Smith');
const everything: Scope = { kind: 'all' };
const stays = (rows: Rows) => staysOfPerson(rows, smith.personId, everything);
const ready = (occurred: string) =>
  smith.lived(
    'ReadyForTransferDeclared',
    { stayId: smith.stay('s'), clinicalDecision: true, teamDecision: true, safeToTransfer: true },
    occurred,
  );

describe('Hospital stays', () => {
  it("know the person's next stay and the time between", async () => {
    const history = [
      smith.admitted('a', '2011-01-01 10:00'),
      smith.discharged('a', '2011-01-05 12:00'),
      smith.admitted('b', '2011-01-15 12:00'),
    ];
    const [second, first] = await projected(history, stays);
    expect(first).toMatchObject({
      next_stay: smith.stay('b'),
      gap: 10 * 24 * 3_600_000,
      ended_on: '2011-01-05',
      pilot: null,
    });
    expect(second).toMatchObject({ ended_at: null, next_stay: null, gap: null });
  });

  it('learn of the next stay when it is recorded, and did not know it before', async () => {
    const history = [
      smith.admitted('a', '2011-01-01 10:00'),
      smith.discharged('a', '2011-01-05 12:00'),
      smith.admitted('b', '2011-01-15 12:00'),
    ];
    await projected(history, async (rows) => {
      expect((await staysOfPerson(rows, smith.personId, everything, 2)).map(({ gap }) => gap)).toEqual([null]);
      expect((await staysOfPerson(rows, smith.personId, everything, 3)).map(({ gap }) => gap)).toEqual([
        null,
        10 * 24 * 3_600_000,
      ]);
    });
  });

  it('take a stay recorded late into its place between two others', async () => {
    const history = [
      smith.admitted('a', '2011-01-01 10:00'),
      smith.discharged('a', '2011-01-02 10:00'),
      smith.admitted('c', '2011-01-20 10:00'),
      smith.discharged('c', '2011-01-21 10:00'),
      smith.admitted('b', '2011-01-10 10:00', { recorded: '2011-02-01 09:00' }),
    ];
    const next = (await projected(history, stays)).map(({ stay, next_stay }) => [stay, next_stay]);
    expect(next).toEqual([
      [smith.stay('c'), null],
      [smith.stay('b'), smith.stay('c')],
      [smith.stay('a'), smith.stay('b')],
    ]);
  });

  it('count a delayed night for each midnight after becoming ready: from the 3rd to the 5th is two', async () => {
    const history = [
      smith.admitted('s', '2011-05-01 10:00'),
      ready('2011-05-03 10:00'),
      smith.discharged('s', '2011-05-05 09:00'),
    ];
    expect((await projected(history, stays))[0]).toMatchObject({ delay_nights: 2 });
  });

  it('add up the spells of readiness when somebody deteriorates between them', async () => {
    const history = [
      smith.admitted('s', '2011-05-01 08:00'),
      ready('2011-05-01 10:00'),
      smith.lived('ReadinessWithdrawn', { stayId: smith.stay('s') }, '2011-05-02 10:00'),
      ready('2011-05-05 10:00'),
      smith.discharged('s', '2011-05-06 09:00'),
    ];
    expect((await projected(history, stays))[0]).toMatchObject({ delay_nights: 2, ready_on: '2011-05-05' });
  });

  it('say where they come from', async () => {
    const one = (options: Parameters<typeof smith.admitted>[2]) =>
      projected([smith.admitted('s', '2011-05-01 08:00', options)], async (rows) => (await stays(rows))[0]?.source);
    expect(await one({})).toBe('recorded');
    expect(await one({ purpose: 'simulation', synthetic: true })).toBe('simulated');
    expect(await one({ purpose: 'import', synthetic: true })).toBe('imported');
  });

  it('belong to the pilot of the journey that the person was on, and to no other', async () => {
    const before = smith.admitted('a', '2011-01-01 10:00');
    const during = smith.admitted('b', '2011-03-02 10:00');
    const history = [before, smith.discharged('a', '2011-01-02 10:00'), ...smith.referred('2011-02-28 10:00'), during];
    expect((await projected(history, stays)).map(({ pilot }) => pilot)).toEqual(['torbay', null]);
  });

  it("are shown to whoever may see one of the person's journeys", async () => {
    const history = [...smith.referred('2011-02-28 10:00'), smith.admitted('s', '2011-03-01 10:00')];
    await projected(history, async (rows) => {
      const seen = async (organisation: string) => [
        (await staysOfPerson(rows, smith.personId, { kind: 'organisation', organisation })).length,
        (await careOfPerson(rows, smith.personId, { kind: 'organisation', organisation }))?.stays,
      ];
      expect(await seen(north.organisation)).toEqual([1, 1]);
      expect(await seen(brixham.organisation)).toEqual([0, undefined]);
    });
  });
});

describe('In hospital now', () => {
  it('counts who is there, who is ready to leave, and who has waited a night for it', async () => {
    const jones = person('Mr Jones');
    const history = [
      ...smith.referred('2011-02-20 10:00'),
      smith.admitted('s', '2011-02-25 10:00'),
      ready('2011-02-27 10:00'),
      ...jones.referred('2011-02-20 10:00'),
      jones.admitted('s', '2011-02-25 10:00'),
    ];
    expect(await projected(history, (rows) => hospitalNow(rows, 'torbay', at('2011-03-01 08:05')))).toEqual({
      inHospital: 2,
      ready: 1,
      delayed: 1,
      delayNights: 2,
      oldestReady: at('2011-02-27 10:00'),
    });
  });

  it('opens into the stays it counts, the longest ready first, each with the journey where it may be opened', async () => {
    const jones = person('Mr Jones');
    const history = [
      ...jones.referred('2011-02-20 10:00'),
      jones.admitted('s', '2011-02-21 10:00'),
      ...smith.referred('2011-02-20 10:00'),
      smith.admitted('s', '2011-02-25 10:00'),
      ready('2011-02-27 10:00'),
    ];
    await projected(history, async (rows) => {
      const found = async (scope: Scope, filter = {}) =>
        (await staysInHospital(rows, 'torbay', scope, filter)).map(({ person: who, journey }) => [who, journey]);
      expect(await found({ kind: 'pilot', pilot: 'torbay' })).toEqual([
        [smith.personId, smith.journey],
        [jones.personId, jones.journey],
      ]);
      expect(await found(everything, { ready: true })).toEqual([[smith.personId, smith.journey]]);
      expect(await found(everything, { offset: 1, limit: 1 })).toEqual([[jones.personId, jones.journey]]);
      expect(await found({ kind: 'none' })).toEqual([
        [smith.personId, null],
        [jones.personId, null],
      ]);
    });
  });
});

describe('Care plans', () => {
  it('are counted for the journeys under way, and no longer when they have ended', async () => {
    const jones = person('Mr Jones');
    const plan = (of: typeof smith, more: object = {}) =>
      of.said(
        'CarePlanAgreed',
        { plan: idOf('plan'), goals: sealed, reviewBy: '2011-06-01', ...more },
        '2011-03-01 09:00',
      );
    const both = [...smith.referred('2011-02-28 10:00'), ...jones.referred('2011-02-28 10:00')];
    const coverage = (rows: Rows) => planCoverage(rows, 'torbay');
    expect(await projected([...both, plan(smith)], coverage)).toEqual({ journeys: 2, withPlan: 1 });
    expect(await projected([...both, plan(smith, { endedAt: at('2011-03-02 09:00') })], coverage)).toEqual({
      journeys: 2,
      withPlan: 0,
    });
  });
});
