import { describe, expect, it } from '@jest/globals';
import { at, idOf, north, person, sealed, type Entry } from '../../../../test/support/history.js';
import { subjectOf } from '../../../../test/support/subject.js';
import { meetingPage } from './meeting.view.js';

const now = at('2011-03-01 11:30');
const smith = person('Mrs Smith');
const jones = person('Mr Jones');
const reading = { team: north.team, organisation: north.organisation, now, chosen: true, unread: [], refused: 0 };

const history: readonly Entry[] = [
  ...smith.referred('2011-02-21 11:00'),
  smith.said(
    'CarePlanAgreed',
    { plan: idOf('plan'), team: north, goals: sealed, reviewBy: '2011-02-28' },
    '2011-02-22 10:00',
  ),
  smith.offered('one', '2011-03-01 10:00'),
];
const ofTorbay = subjectOf(history, smith.journey, 'coordinator-torbay', now);
const another = subjectOf(jones.referred('2011-02-25 10:00'), jones.journey, 'coordinator-torbay', now);

describe('The meeting of many people on one page', () => {
  it('says of each who is responsible, what is open and late, the plan and its review', () => {
    const [line] = meetingPage([ofTorbay], reading).people;
    expect(line?.whole).toMatchObject({
      responsible: { headline: 'Torbay North zone, single point of contact', keyWorker: 'staff-key' },
      hospital: null,
      plan: { reviewBy: '2011-02-28', overdue: true },
      lastContact: null,
    });
    expect(line?.handovers).toMatchObject([
      { words: 'Torbay North zone, single point of contact to Brixham Home Care: not seen yet', overdue: true },
    ]);
  });

  it('shows an organisation that is only asked its offer, and nothing more', () => {
    const [line] = meetingPage([subjectOf(history, smith.journey, 'coordinator-brixham', now)], reading).people;
    expect(line?.whole).toBeNull();
    expect(line?.handovers).toHaveLength(1);
  });

  it('keeps the chosen in the address, and leaves one out by a link', () => {
    const { people, intro, left } = meetingPage([ofTorbay, another], { ...reading, refused: 1 });
    expect(intro).toBe('2 people, as chosen. The address of this page keeps them.');
    expect(people[0]?.without).toBe(`/teams/torbay-north-zone/meeting?people=${jones.journey}`);
    expect(left).toBe('1 more cannot be shown: your organisation has no part in their journeys.');
  });
});
