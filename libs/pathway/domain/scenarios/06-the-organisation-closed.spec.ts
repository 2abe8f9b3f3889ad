import { describe, expect, it } from '@jest/globals';
import { acceptHandoff } from '../handoff/answer.js';
import { offerHandoff } from '../handoff/offer.js';
import { isAlarmed } from '../responsibility/responsibility.js';
import { recordDischarge } from '../stay/decide.js';
import { admitted, contents, ready, referralTaken, stayId } from '../testing/entries.js';
import { given } from '../testing/story.js';
import { at, closedAgency, herJourney, paignton, ward, zone } from '../testing/torbay.js';
import { minutesOf } from '../testing/scenario.js';

describe('6. The organisation closed', () => {
  // Given the agency closed yesterday …
  const inHospital = given(
    ...referralTaken(at('2011-02-20 09:00')),
    admitted(at('2011-02-25 11:00')),
    ready(at('2011-02-28 10:00')),
  );
  const discharged = inHospital
    .when({
      decide: recordDischarge,
      command: { stayId, destination: 'usualResidence' as const, expectedReceiver: closedAgency.team },
      by: ward,
      now: at('2011-03-01 11:30'),
    })
    .then('Discharged');

  it('when the ward discharges to it, then the offer is refused with its successor named', () => {
    inHospital
      .when({
        decide: offerHandoff,
        command: {
          journeyId: herJourney,
          to: closedAgency.team,
          urgency: 'urgent' as const,
          effect: 'atDischarge' as const,
          ...contents,
        },
        by: ward,
        now: at('2011-03-01 11:00'),
      })
      .refused('team-closed', 'Bay care has closed: ask Paignton care', {
        team: closedAgency.team,
        successor: paignton.team,
      });
  });

  it('the discharge is recorded', () => {
    expect(discharged.record.stays[0]?.discharged).toMatchObject({
      expectedReceiver: closedAgency,
      receiverProblem: 'teamClosed',
      successor: paignton.team,
    });
  });

  it('and the screen says nobody has accepted', () => {
    const nobody = discharged.responsible(at('2011-03-01 12:00'));
    expect(nobody).toEqual({
      kind: 'nobody',
      why: 'receiverClosed',
      since: at('2011-03-01 11:30'),
      lastHeldBy: ward,
      returnsTo: zone,
    });
    expect(isAlarmed(nobody)).toBe(true);
  });

  it('the ward can still hand over, and the gap is measured', () => {
    const handedOver = discharged
      .when({
        decide: offerHandoff,
        command: {
          journeyId: herJourney,
          to: paignton.team,
          urgency: 'immediate' as const,
          effect: 'now' as const,
          ...contents,
        },
        by: ward,
        now: at('2011-03-01 12:00'),
      })
      .then('HandoffOffered');
    const { handoffId: again } = handedOver.journey.handoffs[0]!;
    const held = handedOver
      .when({
        decide: acceptHandoff,
        command: { journeyId: herJourney, handoffId: again },
        by: paignton,
        now: at('2011-03-01 12:15'),
      })
      .then('HandoffAccepted');
    expect(held.responsible(at('2011-03-01 12:16'))).toMatchObject({ kind: 'team', team: paignton });
    expect(minutesOf(held, 'H3', again)).toBe(45);
  });
});
