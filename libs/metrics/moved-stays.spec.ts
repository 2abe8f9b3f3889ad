/** A stay or a death that went to the right record changes the figures of both people (scenario 10). */
import { describe, expect, it } from '@jest/globals';
import { metricDefinition, type Proportion } from '#metrics';
import { hospitalNow } from '#pathway';
import type { Rows } from '#projections';
import { at, person, projected, type Entry } from '../../test/support/history.js';

const smith = person('the wrong Mrs Smith');
const other = person('the right Mrs Smith');
const ready = (occurred: string) =>
  smith.lived(
    'ReadyForTransferDeclared',
    { stayId: smith.stay('b'), clinicalDecision: true, teamDecision: true, safeToTransfer: true },
    occurred,
  );

/** Both steps of the move of these entries, on the day after. */
function moved(entries: readonly Entry[], when: string): readonly Entry[] {
  return [
    smith.lived(
      'EntriesMovedOut',
      {
        entries: entries.map(({ event }) => event.eventId),
        entryTypes: entries.map(({ event }) => event.type),
        fromJourney: smith.journey,
        toJourney: other.journey,
        toPerson: other.personId,
        reason: 'wrongPerson',
      },
      when,
    ),
    ...entries.map(({ event }) =>
      other.lived(
        'EntryMovedIn',
        {
          fromJourney: smith.journey,
          entry: event.eventId,
          entryType: event.type,
          entryVersion: event.schemaVersion,
          data: event.data as Record<string, unknown>,
          identity: 'copied',
        },
        event.occurredAt.slice(0, 16).replace('T', ' '),
        { recorded: when },
      ),
    ),
  ];
}

const back = [smith.admitted('b', '2011-02-10 10:00'), ready('2011-02-12 10:00')] as const;
const before = [
  ...smith.referred('2011-01-01 09:00'),
  ...other.referred('2011-01-01 09:30'),
  smith.admitted('a', '2011-01-20 10:00'),
  smith.discharged('a', '2011-01-28 10:00'),
  ...back,
];

describe('Figures of a stay that was on the wrong record', () => {
  const readmitted = async (rows: Rows, knownAt?: number) => {
    const { numerator, denominator } = await metricDefinition('readmission-30x24h')!.compute(rows, {
      scope: 'pilot:torbay',
      asAt: at('2011-03-01 09:00'),
      ...(knownAt !== undefined && { knownAt }),
    }) as Proportion;
    return [numerator, denominator];
  };

  it('the wrong person was not back in hospital, and the figure as known before says what it said', async () => {
    await projected([...before, ...moved(back, '2011-02-13 09:00')], async (rows) => {
      expect(await readmitted(rows)).toEqual([0, 1]);
      expect(await readmitted(rows, before.length)).toEqual([1, 1]);
    });
  });

  it('the right person is in hospital, and waits there since they were ready', async () => {
    const now = (rows: Rows) => hospitalNow(rows, 'torbay', at('2011-02-14 09:00'));
    const same = { inHospital: 1, ready: 1, delayNights: 2, oldestReady: at('2011-02-12 10:00') };
    expect(await projected(before, now)).toMatchObject(same);
    expect(await projected([...before, ...moved(back, '2011-02-13 09:00')], now)).toMatchObject(same);
    const homeAgain = smith.discharged('b', '2011-02-13 08:00');
    expect(await projected([...before, homeAgain, ...moved([...back, homeAgain], '2011-02-13 09:00')], now)).toMatchObject({
      inHospital: 0,
    });
  });
});

describe('Figures of a death that was on the wrong record', () => {
  const outcomes = (rows: Rows) =>
    rows.all<{ outcome: string }>(`SELECT outcome FROM handoff_fact WHERE metric = 'H2' ORDER BY started_at`);

  it('the right person’s open offer ends with it, and the wrong person’s stays ended', async () => {
    const death = smith.lived('PersonDied', { place: 'usualResidence' }, '2011-03-01 10:00');
    const history = [
      ...smith.referred('2011-01-01 09:00'),
      ...other.referred('2011-01-01 09:30'),
      smith.offered('one', '2011-03-01 09:50'),
      other.offered('two', '2011-03-01 09:55'),
      death,
    ];
    const told = async (rows: Rows) => (await outcomes(rows)).map(({ outcome }) => outcome);
    expect(await projected(history, told)).toEqual(['stopped', 'open']);
    expect(await projected([...history, ...moved([death], '2011-03-01 12:00')], told)).toEqual(['stopped', 'stopped']);
  });
});
