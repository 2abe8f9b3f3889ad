import { describe, expect, it } from '@jest/globals';
import {
  accepted,
  admitted,
  atDischarge,
  offered,
  ready,
  referralMade,
  referralTaken,
  stayId,
} from '../testing/entries.js';
import { acceptedForFriday } from '../testing/scenario.js';
import { entry, given } from '../testing/story.js';
import { at, brixham, herJourney, paignton, ward, zone } from '../testing/torbay.js';
import { isAlarmed, responsibilityTimeline } from './responsibility.js';

const taken = given(...referralTaken(at('2011-03-01 09:00')));
const home = (when: string, more: object = {}) =>
  entry('Discharged', { stayId, destination: 'usualResidence', ...more }, at(when));

describe('who is responsible', () => {
  it('is nobody while a referral waits, and that is an alarm', () => {
    const waiting = given(referralMade(at('2011-03-01 09:00'))).responsible(at('2011-03-01 09:05'));
    expect(waiting).toEqual({ kind: 'nobody', why: 'referralNotTaken', since: at('2011-03-01 09:00') });
    expect(isAlarmed(waiting)).toBe(true);
  });

  it('is nobody after a referral was declined, until somebody takes it', () => {
    const declined = given(
      referralMade(at('2011-03-01 09:00')),
      entry('ReferralDeclined', { team: zone, reason: 'outOfArea' }, at('2011-03-01 10:00')),
    );
    expect(declined.responsible(at('2011-03-01 11:00'))).toMatchObject({ kind: 'nobody', why: 'referralDeclined' });
  });

  it('raises no alarm before the journey begins', () => {
    expect(isAlarmed(taken.responsible(at('2011-02-01 09:00')))).toBe(false);
  });

  it('starts with the service that took the referral, and its key worker', () => {
    expect(taken.responsible(at('2011-03-01 09:00'))).toEqual({
      kind: 'team',
      team: zone,
      because: 'tookReferral',
      since: at('2011-03-01 09:00'),
      keyWorker: 'staff-jane',
    });
  });

  it('is not moved by looking, by silence or by a lapse', () => {
    const silent = taken.with(
      offered(at('2011-03-01 10:00'), { to: brixham }),
      entry(
        'HandoffAcknowledged',
        { handoffId: acceptedForFriday.journey.handoffs[0]!.handoffId, by: brixham },
        at('2011-03-01 10:05'),
      ),
      entry(
        'HandoffLapsed',
        { handoffId: acceptedForFriday.journey.handoffs[0]!.handoffId, deadline: at('2011-03-01 10:30') },
        at('2011-03-01 10:30'),
      ),
    );
    expect(silent.responsible(at('2011-03-01 12:00'))).toMatchObject({ kind: 'team', team: zone });
  });

  it('passes at the time that the acceptance names', () => {
    const later = taken.with(
      offered(at('2011-03-01 10:00'), { to: brixham }),
      accepted(at('2011-03-01 10:10'), brixham, { effect: 'atTime', effectAt: at('2011-03-02 08:00') }),
    );
    expect(later.responsible(at('2011-03-02 07:59'))).toMatchObject({ team: zone });
    expect(later.responsible(at('2011-03-02 08:00'))).toMatchObject({ team: brixham, because: 'acceptedHandoff' });
  });

  it('leaves the key worker with the team that named them', () => {
    const passed = taken.with(
      offered(at('2011-03-01 10:00'), { to: brixham }),
      accepted(at('2011-03-01 10:10'), brixham),
    );
    expect(passed.responsible(at('2011-03-01 11:00'))).not.toHaveProperty('keyWorker');
  });

  it('is the hospital during a stay, with the community lead kept', () => {
    const inHospital = taken.with(admitted(at('2011-03-02 09:00')));
    expect(inHospital.responsible(at('2011-03-02 10:00'))).toMatchObject({
      kind: 'team',
      team: ward,
      because: 'admission',
      returnsTo: zone,
    });
  });

  it('goes with the person from ward to ward and from hospital to hospital', () => {
    const exeter = { team: 'exeter-hospital', organisation: 'exeter-hospital', sector: 'secondary' };
    const moved = taken.with(
      admitted(at('2011-03-02 09:00')),
      entry('Transferred', { stayId, hospital: 'exeter-hospital' }, at('2011-03-03 09:00')),
    );
    expect(moved.responsible(at('2011-03-03 10:00'))).toMatchObject({
      team: exeter,
      because: 'transfer',
      returnsTo: zone,
    });
  });

  it('is the community lead again after the discharge', () => {
    const back = taken.with(admitted(at('2011-03-02 09:00')), home('2011-03-05 11:00'));
    expect(back.responsible(at('2011-03-05 12:00'))).toMatchObject({
      kind: 'team',
      team: zone,
      because: 'returned',
      since: at('2011-03-05 11:00'),
      keyWorker: 'staff-jane',
    });
  });

  it('is nobody where the ward discharged to a team that had not accepted', () => {
    const nobody = taken.with(
      admitted(at('2011-03-02 09:00')),
      offered(at('2011-03-04 09:00'), { from: ward, to: brixham, asked: atDischarge('2011-03-05') }),
      home('2011-03-05 11:00', { expectedReceiver: brixham }),
    );
    expect(nobody.responsible(at('2011-03-05 12:00'))).toMatchObject({
      kind: 'nobody',
      why: 'receiverNotAccepted',
      lastHeldBy: ward,
    });
  });

  it('is that team from the moment it accepts after all', () => {
    const late = taken.with(
      admitted(at('2011-03-02 09:00')),
      offered(at('2011-03-04 09:00'), { from: ward, to: brixham, asked: atDischarge('2011-03-05') }),
      home('2011-03-05 11:00', { expectedReceiver: brixham }),
      accepted(at('2011-03-05 13:00'), brixham, atDischarge('2011-03-05')),
    );
    expect(late.responsible(at('2011-03-05 12:59'))).toMatchObject({ kind: 'nobody' });
    expect(late.responsible(at('2011-03-05 13:00'))).toMatchObject({ kind: 'team', team: brixham });
  });

  it('alarms only the journey that the receiver was meant for', () => {
    const other = taken.with(
      admitted(at('2011-03-02 09:00')),
      home('2011-03-05 11:00', { expectedReceiver: brixham, journey: '5b1f0f3e-58a5-5d0c-8c6e-1f1de5d0a0aa' }),
    );
    expect(other.responsible(at('2011-03-05 12:00'))).toMatchObject({ kind: 'team', team: zone, because: 'returned' });
  });

  it('is nobody where a person with no lead outside is sent home', () => {
    const nobody = given(
      referralMade(at('2011-03-01 09:00')),
      admitted(at('2011-03-02 09:00')),
      home('2011-03-05 11:00'),
    );
    expect(nobody.responsible(at('2011-03-05 12:00'))).toMatchObject({
      kind: 'nobody',
      why: 'dischargedToNobody',
      lastHeldBy: ward,
    });
  });

  it('stays with the hospital where the community lead changes during the stay', () => {
    const changed = taken.with(
      offered(at('2011-03-01 10:00'), { to: brixham }),
      admitted(at('2011-03-02 09:00')),
      accepted(at('2011-03-02 10:00'), brixham),
    );
    expect(changed.responsible(at('2011-03-02 11:00'))).toMatchObject({ team: ward, returnsTo: brixham });
  });

  it('passes from the ward where the ward hands over at once', () => {
    const passed = taken.with(
      admitted(at('2011-03-02 09:00')),
      ready(at('2011-03-03 09:00')),
      offered(at('2011-03-03 10:00'), { from: ward, to: paignton }),
      accepted(at('2011-03-03 10:20'), paignton),
    );
    expect(passed.responsible(at('2011-03-03 11:00'))).toMatchObject({ team: paignton });
  });

  it('does not pass by an acceptance that was withdrawn before it took effect', () => {
    const withdrawn = acceptedForFriday.with(
      entry(
        'HandoffWithdrawn',
        { handoffId: acceptedForFriday.journey.handoffs[0]!.handoffId, by: ward, reason: 'deteriorated' },
        at('2011-03-03 14:00'),
      ),
      home('2011-03-10 11:00'),
    );
    expect(withdrawn.responsible(at('2011-03-10 12:00'))).toMatchObject({ team: zone, because: 'returned' });
  });

  it('ends when the journey is closed by agreement', () => {
    const closed = taken.with(
      entry('JourneyClosed', { reason: 'goalsMet', agreedWith: 'sealed:v1:her' }, at('2011-04-01 10:00')),
    );
    expect(closed.responsible(at('2011-04-02 10:00'))).toEqual({
      kind: 'ended',
      why: 'journeyClosed',
      since: at('2011-04-01 10:00'),
    });
  });

  it('is told period by period, and the periods meet', () => {
    const story = acceptedForFriday.with(home('2011-03-04 11:00', { expectedReceiver: brixham }));
    expect(responsibilityTimeline(story.record, herJourney, at('2011-03-05 09:00'))).toMatchObject([
      { team: zone, from: at('2011-02-20 09:00'), to: at('2011-02-25 11:00') },
      { team: ward, from: at('2011-02-25 11:00'), to: at('2011-03-04 11:00') },
      { team: brixham, from: at('2011-03-04 11:00') },
    ]);
  });
});
