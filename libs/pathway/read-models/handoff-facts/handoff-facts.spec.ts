import { describe, expect, it } from '@jest/globals';
import { handoffFacts } from '#pathway';
import { asKnown, type Rows } from '#projections';
import {
  brixham,
  harbourside,
  idOf,
  north,
  person,
  projected,
  reablement,
  ward,
  type Entry,
} from '../../../../test/support/history.js';

interface Fact {
  metric: string;
  boundary: string;
  day: string;
  value: number | null;
  outcome: string;
  within: number | null;
  timed: number;
  lateness: number;
  answered_before: number;
  events: string;
}

const facts = (rows: Rows): Promise<readonly Fact[]> =>
  rows.all<Fact>('SELECT * FROM handoff_fact ORDER BY metric, started_at, handoff');
const told = async (rows: Rows) =>
  (await facts(rows)).map(({ metric, outcome, value }) => [metric, outcome, value === null ? null : value / 60_000]);
const known = async (rows: Rows, ordinal: number) =>
  (await rows
    .all<Fact>(`SELECT * FROM ${asKnown(handoffFacts)} ORDER BY metric, started_at, handoff`, { ordinal }))
    .map(({ metric, outcome, value }) => [metric, outcome, value === null ? null : value / 60_000]);

const mrsSmith = person('Mrs Smith');
const offeredAtNine = [...mrsSmith.referred('2011-02-28 10:00'), mrsSmith.offered('a', '2011-03-01 09:00')];

describe('The clocks of a handover', () => {
  it('keep an offer that nobody has answered, as open', async () => {
    expect(await projected(offeredAtNine, told)).toEqual([
      ['H1', 'open', null],
      ['H2', 'open', null],
    ]);
  });

  it('run from the offer to its being seen and accepted, and from the acceptance to the first contact', async () => {
    const history = [
      ...offeredAtNine,
      mrsSmith.seen('a', '2011-03-01 09:05'),
      mrsSmith.accepted('a', '2011-03-01 09:20'),
      mrsSmith.said(
        'FirstContactRecorded',
        { handoffId: mrsSmith.handoff('a'), by: brixham, mode: 'visit' },
        '2011-03-01 11:20',
      ),
    ];
    expect(await projected(history, told)).toEqual([
      ['H1', 'acknowledged', 5],
      ['H2', 'accepted', 20],
      ['H3', 'assumed', 0],
      ['H4', 'contacted', 120],
    ]);
  });

  it('say whether the target was met, and name the events behind them', async () => {
    const offer = mrsSmith.offered('a', '2011-03-01 09:00');
    const seen = mrsSmith.seen('a', '2011-03-01 09:16');
    const accepted = mrsSmith.accepted('a', '2011-03-01 09:20');
    const [h1, h2, h3, h4] = await projected([...mrsSmith.referred('2011-02-28 10:00'), offer, seen, accepted], facts);
    expect([h1!.within, h2!.within, h3!.within, h4!.within]).toEqual([0, 1, 1, null]);
    expect(JSON.parse(h1!.events)).toEqual([offer.event.eventId, seen.event.eventId]);
    expect(JSON.parse(h2!.events)).toEqual([offer.event.eventId, accepted.event.eventId]);
  });

  it('cross a boundary of sectors inside one organisation, as every day in Torbay Care Trust', async () => {
    const history = [
      ...mrsSmith.referred('2011-02-28 10:00'),
      mrsSmith.offered('a', '2011-03-01 09:00', { to: reablement }),
    ];
    expect((await projected(history, facts)).map(({ boundary }) => boundary)).toEqual([
      'community>socialCare',
      'community>socialCare',
    ]);
  });

  it('keep every attempt of an episode: declined, offered again elsewhere, accepted', async () => {
    const history = [
      ...offeredAtNine,
      mrsSmith.declined('a', '2011-03-01 09:10'),
      mrsSmith.offered('b', '2011-03-01 09:40', { to: harbourside, attempt: 2 }),
      mrsSmith.said(
        'HandoffAccepted',
        { handoffId: mrsSmith.handoff('b'), by: harbourside, effect: 'now' },
        '2011-03-01 09:45',
      ),
    ];
    expect(await projected(history, told)).toEqual([
      ['H1', 'acknowledged', 10],
      ['H1', 'acknowledged', 5],
      ['H2', 'declined', null],
      ['H2', 'accepted', 5],
      ['H3', 'assumed', 0],
      ['H4', 'open', null],
      ['H5', 'offeredAgain', 30],
    ]);
  });

  it('keep the offer of somebody who died while it was open, without a time', async () => {
    const history = [...offeredAtNine, mrsSmith.lived('PersonDied', { place: 'usualResidence' }, '2011-03-01 09:12')];
    expect(await projected(history, told)).toEqual([
      ['H1', 'stopped', null],
      ['H2', 'stopped', null],
    ]);
  });

  it('give no time in hours where only the day is known, and count the handover all the same', async () => {
    const history = [...offeredAtNine, mrsSmith.accepted('a', '2011-03-02 00:00', { precision: 'day' })];
    const [, h2] = await projected(history, facts);
    expect(h2).toMatchObject({ metric: 'H2', outcome: 'accepted', value: null, timed: 0 });
  });

  it('count two hours, not three, over the night on which the clocks go forward', async () => {
    const history = [
      ...mrsSmith.referred('2010-03-26 10:00'),
      mrsSmith.offered('a', '2010-03-27 23:30'),
      mrsSmith.accepted('a', '2010-03-28 01:30'),
    ];
    const [, h2] = await projected(history, facts);
    expect(h2).toMatchObject({ metric: 'H2', value: 2 * 3_600_000, day: '2010-03-27' });
  });

  it('belong to the London day of their start: half past midnight of summer time is the next day', async () => {
    const history = [...mrsSmith.referred('2010-06-30 10:00'), mrsSmith.offered('a', '2010-06-30 23:30')];
    expect((await projected(history, facts)).map(({ day }) => day)).toEqual(['2010-07-01', '2010-07-01']);
  });

  it('tell how long nobody held after a discharge to a team that had not accepted', async () => {
    const history = [
      ...mrsSmith.referred('2011-02-20 10:00'),
      mrsSmith.admitted('s', '2011-02-25 10:00'),
      mrsSmith.offered('a', '2011-03-01 09:00', { from: ward }),
      mrsSmith.discharged('s', '2011-03-01 10:00', { expectedReceiver: brixham }),
      mrsSmith.accepted('a', '2011-03-01 12:00'),
    ];
    expect(await projected(history, told)).toContainEqual(['H3', 'assumed', 120]);
  });
});

describe('Accepted in time, recorded late (scenario 5)', () => {
  const escalated = mrsSmith.said(
    'HandoffEscalated',
    { handoffId: mrsSmith.handoff('a'), cause: 'notAnswered', to: north },
    '2011-03-01 11:00',
  );
  const lateEntry = mrsSmith.accepted('a', '2011-03-01 10:40', { recorded: '2011-03-01 14:00' });
  const history = [
    ...mrsSmith.referred('2011-02-28 10:00'),
    mrsSmith.offered('a', '2011-03-01 10:30'),
    escalated,
    lateEntry,
  ];

  it('uses the time of the acceptance, tells the lateness, and marks that the answer had come before', async () => {
    const [, h2] = await projected(history, facts);
    expect(h2).toMatchObject({ value: 10 * 60_000, within: 1, lateness: 200 * 60_000, answered_before: 1 });
  });

  it('knew it as open before the entry, and still says so for then', async () => {
    await projected(history, async (rows) => {
      expect(await known(rows, 4)).toContainEqual(['H2', 'open', null]);
      expect(await known(rows, 5)).toContainEqual(['H2', 'accepted', 10]);
    });
  });
});

describe('The same history, recorded in order and out of order', () => {
  const offer = mrsSmith.offered('a', '2011-03-01 09:00');
  const seen = mrsSmith.seen('a', '2011-03-01 09:05');
  const accepted = mrsSmith.accepted('a', '2011-03-01 09:20');
  const referred = mrsSmith.referred('2011-02-28 10:00');
  const inOrder = [...referred, offer, seen, accepted];
  const outOfOrder: readonly Entry[] = [...referred, offer, accepted, seen];

  it('gives the same facts now', async () => {
    expect(await projected(outOfOrder, told)).toEqual(await projected(inOrder, told));
  });

  it('gives other facts as known then', async () => {
    const afterThree = (rows: Rows) => known(rows, 4);
    expect(await projected(inOrder, afterThree)).toEqual([
      ['H1', 'acknowledged', 5],
      ['H2', 'open', null],
    ]);
    // Whoever accepts has seen it; that it had been seen before was not known yet.
    expect(await projected(outOfOrder, afterThree)).toEqual([
      ['H1', 'acknowledged', 20],
      ['H2', 'accepted', 20],
      ['H3', 'assumed', 0],
      ['H4', 'open', null],
    ]);
  });

  it('takes an entry made in error out of the facts from then on, never from before', async () => {
    const error = mrsSmith.said(
      'EntryMarkedInError',
      { entry: accepted.event.eventId, entryType: 'HandoffAccepted', reason: 'wrongPerson' },
      '2011-03-02 09:00',
    );
    await projected([...inOrder, error], async (rows) => {
      expect(await told(rows)).toEqual([
        ['H1', 'acknowledged', 5],
        ['H2', 'open', null],
      ]);
      expect(await known(rows, 5)).toContainEqual(['H2', 'accepted', 20]);
    });
  });

  it('leaves no fact of a handover that was moved to another record', async () => {
    const moved = mrsSmith.said(
      'EntriesMovedOut',
      {
        entries: [offer, seen, accepted].map(({ event }) => event.eventId),
        toJourney: idOf('another journey'),
        toPerson: idOf('another'),
        reason: 'wrongPerson',
      },
      '2011-03-02 09:00',
    );
    await projected([...inOrder, moved], async (rows) => {
      expect(await told(rows)).toEqual([]);
      expect(await known(rows, 5)).toContainEqual(['H2', 'accepted', 20]);
    });
  });
});
