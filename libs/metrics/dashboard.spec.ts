import { describe, expect, it } from '@jest/globals';
import { coverage, dashboard, dashboardReadModels } from '#metrics';
import { pathwayReadModels } from '#pathway';
import { at, harbourside, person, projected } from '../../test/support/history.js';

const smith = person('Mrs Smith');
const jones = person('Mr Jones');
const request = { pilot: 'torbay', from: '2011-03-01', to: '2011-04-01', asAt: at('2011-03-01 12:00') };

const history = [
  ...smith.referred('2011-02-20 10:00'),
  smith.offered('old', '2011-02-21 09:00'),
  smith.admitted('s', '2011-02-25 10:00'),
  smith.discharged('s', '2011-03-01 10:00', { expectedReceiver: harbourside, receiverProblem: 'teamClosed' }),
  ...jones.referred('2011-02-28 10:00'),
  jones.offered('a', '2011-03-01 09:00'),
  jones.accepted('a', '2011-03-01 09:10'),
];

describe("A pilot's dashboard", () => {
  it('shows all five clocks, all boundaries together first', async () => {
    const { clocks } = await projected(history, (rows) => dashboard(rows, request));
    expect(clocks.map(({ metric }) => metric.id)).toEqual([
      'h1-acknowledgement',
      'h2-acceptance',
      'h3-gap',
      'h4-first-contact',
      'h5-round-trip',
    ]);
    expect(clocks[1]!.lines.map(({ value }) => [value.boundary, value.started])).toEqual([
      [null, 1],
      ['community>socialCare', 1],
    ]);
  });

  it('keeps an open offer in view after its month', async () => {
    const { now } = await projected(history, (rows) => dashboard(rows, request));
    expect(now!.waiting.map(({ value }) => value)).toEqual([
      { boundary: 'community>socialCare', open: 1, seen: 0, overdue: 1, oldestSince: at('2011-02-21 09:00') },
    ]);
    expect(now!.nobodyResponsible.value).toBe(1);
  });

  it('leads from every figure to its cases', async () => {
    const { clocks, now } = await projected(history, (rows) => dashboard(rows, request));
    expect(clocks[1]!.lines[1]!.href).toBe(
      '/metrics/h2-acceptance/cases?pilot=torbay&from=2011-03-01&to=2011-04-01&boundary=community%3EsocialCare',
    );
    expect(clocks[1]!.lines[0]!.openHref).toBe(
      '/metrics/h2-acceptance/cases?pilot=torbay&from=2011-03-01&to=2011-04-01&outcome=open',
    );
    expect(now!.nobodyResponsible.href).toBe('/pilots/torbay/journeys?responsible=nobody');
  });

  it('counts journeys and plans for who asks for coverage', async () => {
    const { journeys, plans } = await projected(history, (rows) => coverage(rows, 'torbay'));
    expect(journeys).toEqual({ value: { active: 2 }, href: '/pilots/torbay/journeys' });
    expect(plans).toEqual({ value: { journeys: 2, withPlan: 0 }, href: '/pilots/torbay/journeys?plan=none' });
  });

  it('as known earlier says nothing of what is true only now', async () => {
    const earlier = await projected(history, (rows) => dashboard(rows, { ...request, knownAt: history.length - 1 }));
    expect(earlier.now).toBeUndefined();
    expect(earlier.clocks[1]!.lines[0]).toMatchObject({ value: { open: 1, timed: 0 } });
    expect(earlier.clocks[1]!.lines[0]!.href).toContain(`knownAt=${history.length - 1}`);
  });

  it('names read models that exist, so that it can say what is incomplete', () => {
    const known = pathwayReadModels.map(({ name }) => name);
    expect(dashboardReadModels.filter((name) => !known.includes(name))).toEqual([]);
  });
});
