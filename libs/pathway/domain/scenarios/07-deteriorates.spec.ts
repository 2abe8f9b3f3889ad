import { describe, expect, it } from '@jest/globals';
import { alertsOf } from '../responsibility/alerts.js';
import { withdrawReadiness } from '../stay/decide.js';
import { stayId } from '../testing/entries.js';
import { at, brixham, ward, zone } from '../testing/torbay.js';
import { acceptedForFriday, offer } from '../testing/scenario.js';

describe('7. Deteriorates', () => {
  // … when she deteriorates on Thursday
  const worse = acceptedForFriday
    .when({ decide: withdrawReadiness, command: { stayId }, by: ward, now: at('2011-03-03 14:00') })
    .then('ReadinessWithdrawn');

  it('the ward holds her', () => {
    for (const when of ['2011-03-02 12:00', '2011-03-03 15:00', '2011-03-04 18:00']) {
      expect(worse.responsible(at(when))).toMatchObject({ kind: 'team', team: ward, returnsTo: zone });
    }
  });

  it('and Brixham is told', () => {
    expect(alertsOf(acceptedForFriday.record, acceptedForFriday.journey)).toEqual([]);
    expect(alertsOf(worse.record, worse.journey)).toEqual([
      { kind: 'deteriorated', to: brixham, at: at('2011-03-03 14:00'), handoffId: offer.handoffId },
    ]);
  });
});
