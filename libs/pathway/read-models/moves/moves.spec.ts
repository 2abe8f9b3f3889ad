import { describe, expect, it } from '@jest/globals';
import { person, projected } from '../../../../test/support/history.js';
import { movesUnderWayBy, movesUnderWayOf } from './queries.js';

const wrong = person('the wrong Mrs Smith');
const right = person('the right Mrs Smith');
const [made, taken] = wrong.referred('2011-02-21 11:00');
const contact = wrong.said(
  'ContactRecorded',
  { contact: wrong.stay('contact'), sector: 'community', mode: 'visit' },
  '2011-03-01 09:00',
);
const out = wrong.said(
  'EntriesMovedOut',
  {
    entries: [contact.event.eventId],
    toJourney: right.journey,
    toPerson: right.personId,
    reason: 'wrongPerson',
  },
  '2011-03-01 10:00',
);
const arrived = right.said(
  'EntryMovedIn',
  {
    fromJourney: wrong.journey,
    entry: contact.event.eventId,
    entryType: 'ContactRecorded',
    entryVersion: 1,
    data: contact.event.data as Record<string, unknown>,
    identity: 'copied',
  },
  '2011-03-01 09:00',
  { recorded: '2011-03-01 10:01' },
);
const begun = [made!, taken!, contact, ...right.referred('2011-02-22 11:00'), out];
const on = ({ journey, personId }: Pick<typeof wrong, 'journey' | 'personId'>) => ({ journey, person: personId });

describe('Entries on their way to the right record', () => {
  it('stand on both records and with those who moved them, until they arrive', async () => {
    await projected(begun, async (rows) => {
      const expected = [expect.objectContaining({ move: out.event.eventId, entries: 1, from_journey: wrong.journey })];
      expect(await movesUnderWayOf(rows, on(wrong))).toEqual(expected);
      expect(await movesUnderWayOf(rows, on(right))).toEqual(expected);
      expect(await movesUnderWayBy(rows, 'torbay-care-trust')).toEqual(expected);
      expect(await movesUnderWayBy(rows, 'brixham-home-care')).toEqual([]);
    });
  });

  it('a stay on its way stands on every journey of both people, and is on no list once it has arrived', async () => {
    const stay = wrong.admitted('s', '2011-03-01 08:00');
    const other = { personId: wrong.personId, journey: wrong.stay('another journey of hers') };
    const left = wrong.lived(
      'EntriesMovedOut',
      {
        entries: [stay.event.eventId],
        entryTypes: ['Admitted'],
        fromJourney: wrong.journey,
        toJourney: right.journey,
        toPerson: right.personId,
        reason: 'wrongPerson',
      },
      '2011-03-01 10:00',
    );
    const there = right.lived(
      'EntryMovedIn',
      {
        fromJourney: wrong.journey,
        entry: stay.event.eventId,
        entryType: 'Admitted',
        entryVersion: 1,
        data: stay.event.data as Record<string, unknown>,
        identity: 'copied',
      },
      '2011-03-01 08:00',
      { recorded: '2011-03-01 10:01' },
    );
    const onWay = [made!, taken!, stay, ...right.referred('2011-02-22 11:00'), left];
    await projected(onWay, async (rows) => {
      for (const one of [wrong, right, other]) expect(await movesUnderWayOf(rows, on(one))).toHaveLength(1);
    });
    await projected([...onWay, there], async (rows) => {
      for (const one of [wrong, right, other]) expect(await movesUnderWayOf(rows, on(one))).toEqual([]);
    });
  });

  it('are on no list once they have arrived, in whatever order the two records were read', async () => {
    for (const history of [
      [...begun, arrived],
      [...begun.slice(0, -1), arrived, out],
    ])
      await projected(history, async (rows) => expect(await movesUnderWayOf(rows, on(right))).toEqual([]));
  });
});
