import { describe, expect, it } from '@jest/globals';
import type { Instant } from '#kernel';
import { at, brixham, person, type Entry } from '../../../../test/support/history.js';
import { subjectOf } from '../../../../test/support/subject.js';
import type { Subject } from '../record/subject.js';
import { asKnown } from './as-known.js';
import { asKnownPage } from './as-known.view.js';
import { askedMoment, momentsOf, momentWords } from './moments.js';
import { sincePage } from './since.view.js';

const she = person('Mrs Smith');
const now = at('2011-03-01 15:00');

const seen = she.seen('one', '2011-03-01 08:52');
const history = [
  ...she.referred('2011-02-21 11:00'),
  she.offered('one', '2011-03-01 08:50'),
  seen,
  // Accepted by telephone in the morning, written down in the afternoon.
  she.accepted('one', '2011-03-01 08:58', { recorded: '2011-03-01 14:00' }),
  she.said(
    'EntryCorrected',
    {
      entry: seen.event.eventId,
      entryType: 'HandoffAcknowledged',
      occurredAt: at('2011-03-01 08:51'),
      reason: 'recordedWrongly',
    },
    '2011-03-01 14:10',
  ),
];

const today = (entries: readonly Entry[] = history): Subject =>
  subjectOf(entries, she.journey, 'coordinator-torbay', now);
/** As known after so many entries. */
const after = (count: number, moment: Instant, entries: readonly Entry[] = history): Subject =>
  asKnown(today(entries), { ordinal: count, moment })!;

describe('A journey as known at an earlier moment', () => {
  const then = after(4, at('2011-03-01 09:10'));

  it('says who was responsible as known then, whatever was learned later', () => {
    const page = asKnownPage(then, today());
    expect(page.responsible.headline).toBe('Torbay North zone, single point of contact');
    expect(page.heading).toBe('As known on 1 March 2011 at 09:10');
    expect(page.waiting[0]?.status).toBe('Seen, not accepted: you are still responsible');
  });

  it('tells deadlines as of that moment', () => {
    expect(asKnownPage(then, today()).waiting[0]?.deadline?.overdue).toBe(false);
    const later = after(4, at('2011-03-01 09:30'));
    expect(asKnownPage(later, today()).waiting[0]?.deadline?.overdue).toBe(true);
  });

  it('shows an entry as it stood before it was put right', () => {
    const acknowledged = (subject: Subject) =>
      asKnownPage(subject, today()).timeline.entries.find(({ id }) => id === seen.event.eventId)?.at;
    expect(acknowledged(then)).toBe(at('2011-03-01 08:52'));
    expect(acknowledged(after(6, now))).toBe(at('2011-03-01 08:51'));
  });

  it('offers nothing to do: no step, no correction, no way into a handover of today', () => {
    const page = asKnownPage(then, today());
    expect(page).not.toHaveProperty('steps');
    const changing = page.timeline.entries.flatMap(({ correct, elsewhere }) => [correct, elsewhere]);
    expect(changing.filter((href) => href !== null)).toEqual([]);
    expect([...page.waiting, ...page.earlier].filter((view) => 'href' in view)).toEqual([]);
  });

  it('does not say whether a team was open then: nobody rings the past', () => {
    expect(asKnownPage(then, today()).responsible.team).toEqual({
      name: 'Torbay North zone, single point of contact',
      telephone: '01632 960101',
    });
  });

  it('is served, and written down, with its own ordinal and moment', () => {
    expect(then.shows.served).toMatchObject({ ordinal: 4, knownAt: at('2011-03-01 09:10') });
  });

  it('is not there before the first entry', () => {
    expect(asKnown(today(), { ordinal: 0, moment: at('2011-02-20 09:00') })).toBeUndefined();
  });

  it('is not there before the journey, where the person had been in hospital already', () => {
    const before = [she.admitted('early', '2011-01-10 10:00'), ...history];
    expect(asKnown(today(before), { ordinal: 1, moment: at('2011-01-11 09:00') })).toBeUndefined();
    expect(momentsOf(today(before))[0]?.at).toBe(at('2011-02-21 11:00'));
  });

  it('goes by the moment of recording where a store counts no ordinals', () => {
    const uncounted = { ...today(), entries: today().entries.map((entry) => ({ ...entry, ordinal: 0 })) };
    const known = asKnown(uncounted, { ordinal: 0, moment: at('2011-03-01 09:10') })!;
    expect(known.entries).toHaveLength(4);
  });
});

describe('The moments at which something was recorded', () => {
  it('hold together what was written down together, in the order in which it was learned', () => {
    const subject = today();
    expect(momentsOf(subject).map(({ ordinal, entries }) => [ordinal, entries.length])).toEqual([
      [2, 2],
      [3, 1],
      [4, 1],
      [5, 1],
      [6, 1],
    ]);
    expect(momentWords(subject, momentsOf(subject)[0]!)).toBe(
      '21 February 2011 at 11:00: Referral made to Torbay North zone, single point of contact, and 1 more',
    );
  });

  it('never go back where a clock was set back: what was known stays known', () => {
    const clockSetBack = [...history, she.discharged('x', '2011-03-01 13:00', {}, { recorded: '2011-03-01 13:30' })];
    const moments = momentsOf(today(clockSetBack));
    expect(moments.at(-1)).toMatchObject({ at: at('2011-03-01 14:10'), ordinal: 7 });
    expect(moments).toHaveLength(5);
  });

  it('stand in the address as a number of the log or as an instant, and as nothing else', () => {
    expect(askedMoment('17')).toEqual({ ordinal: 17 });
    expect(askedMoment('2011-03-01T09:10:00.000Z')).toEqual({ moment: '2011-03-01T09:10:00.000Z' });
    expect(['', '-1', 'yesterday', '2011-03-01', '17.5'].map(askedMoment)).toEqual(Array(5).fill(undefined));
  });

  it('go on to the next and back to the one before, and end at both ends', () => {
    const control = (count: number) => asKnownPage(after(count, at('2011-03-01 14:30')), today()).control;
    const address = `/journeys/${she.journey}?knownAt=`;
    expect(control(2)).toMatchObject({ previous: null, next: `${address}3#known`, selected: 0 });
    expect(control(4)).toMatchObject({ previous: `${address}3#known`, next: `${address}5#known`, selected: 2 });
    expect(control(6)).toMatchObject({ previous: `${address}5#known`, next: null });
  });
});

describe('What has been recorded since', () => {
  const page = sincePage(after(4, at('2011-03-01 09:10')), today(), '4');

  it('names a late entry: it had happened by then, and was not known yet', () => {
    expect(page.entries[0]).toMatchObject({
      title: 'Handover accepted by Brixham Home Care',
      recordedAt: at('2011-03-01 14:00'),
      changes: ['It had happened by then, and was not known yet.'],
    });
  });

  it('names what a correction puts right', () => {
    expect(page.entries[1]?.changes).toEqual([
      'Puts right: Handover seen by Brixham Home Care, not accepted, entered 1 March 2011 at 08:52.',
    ]);
  });

  it('says who was responsible as known then and who is now', () => {
    expect(page.responsible).toBe(
      'As known then, Torbay North zone, single point of contact was responsible. As known now: Brixham Home Care.',
    );
  });

  it('says so where nobody was', () => {
    const gone = [
      ...history.slice(0, 3),
      she.admitted('one', '2011-03-01 08:51'),
      she.discharged('one', '2011-03-01 08:55', { expectedReceiver: brixham }),
      she.said('HandoffWithdrawn', { handoffId: she.handoff('one'), by: brixham, reason: 'other' }, '2011-03-01 09:30'),
    ];
    expect(sincePage(after(5, at('2011-03-01 09:00'), gone), today(gone), '5').responsible).toMatch(
      /^As known then, nobody has accepted; last held by .*\. That is so now, too\.$/,
    );
  });

  it('names an entry that no longer counts', () => {
    const death = she.lived('PersonDied', { place: 'hospital' }, '2011-03-01 08:55');
    const error = she.lived(
      'EntryMarkedInError',
      { entry: death.event.eventId, entryType: 'PersonDied', reason: 'wrongPerson' },
      '2011-03-01 09:30',
    );
    const entries = [...history.slice(0, 3), death, error];
    expect(sincePage(after(4, at('2011-03-01 09:00'), entries), today(entries), '4').entries[0]?.changes).toEqual([
      'No longer counts: Died, entered 1 March 2011 at 08:55.',
    ]);
  });
});
