import { describe, expect, it } from '@jest/globals';
import { recordFirstContact } from '../handoff/answer.js';
import { alertsOf } from '../responsibility/alerts.js';
import { recordDischarge } from '../stay/decide.js';
import { stayId } from '../testing/entries.js';
import { at, brixham, ward } from '../testing/torbay.js';
import { acceptedForFriday, clock, minutesOf, offer } from '../testing/scenario.js';

describe('8. Home early', () => {
  // … when she leaves on Thursday
  const home = acceptedForFriday
    .when({
      decide: recordDischarge,
      command: { stayId, destination: 'usualResidence' as const, expectedReceiver: brixham.team },
      by: ward,
      now: at('2011-03-03 15:00'),
    })
    .then('Discharged');

  it('Brixham holds from the discharge', () => {
    expect(home.responsible(at('2011-03-03 14:59'))).toMatchObject({ kind: 'team', team: ward });
    expect(home.responsible(at('2011-03-03 15:00'))).toMatchObject({
      kind: 'team',
      team: brixham,
      because: 'dischargeToReceiver',
      since: at('2011-03-03 15:00'),
    });
    expect(minutesOf(home, 'H3')).toBe(0);
  });

  it('is alerted, until it has seen her', () => {
    expect(alertsOf(home.record, home.journey)).toEqual([
      { kind: 'homeEarly', to: brixham, at: at('2011-03-03 15:00'), handoffId: offer.handoffId },
    ]);
    const seen = home
      .when({
        decide: recordFirstContact,
        command: { ...offer, mode: 'visit' as const },
        by: brixham,
        now: at('2011-03-03 17:00'),
      })
      .then('FirstContactRecorded');
    expect(alertsOf(seen.record, seen.journey)).toEqual([]);
    expect(minutesOf(seen, 'H4')).toBe(120);
  });

  it('and its first-contact clock starts', () => {
    expect(clock(acceptedForFriday, 'H4')).toBeUndefined();
    expect(clock(home, 'H4')).toMatchObject({ outcome: 'open', from: at('2011-03-03 15:00') });
  });
});
