import { describe, expect, it } from '@jest/globals';
import { admitted, ready, referralTaken, stayId } from '../testing/entries.js';
import { entry, given } from '../testing/story.js';
import { at, ward, zone } from '../testing/torbay.js';
import { recordDeath } from '../person/decide.js';
import { declareReady, recordAdmission, recordDischarge, recordTransfer, withdrawReadiness } from './decide.js';

const known = given(...referralTaken(at('2011-03-01 09:00')));
const now = at('2011-03-02 10:00');
const later = at('2011-03-02 12:00');
const admission = { method: '21' as const, hospital: ward.organisation, ward: ward.team };
const inHospital = known.with(admitted(now));
const threeDecisions = { stayId, clinicalDecision: true, teamDecision: true, safeToTransfer: true } as const;
const home = { stayId, destination: 'usualResidence' as const };

describe('a hospital stay', () => {
  it('begins with an admission, and only once', () => {
    const stay = known.when({ decide: recordAdmission, command: admission, by: ward, now }).then('Admitted');
    expect(stay.record.stays).toMatchObject([{ method: '21', ward }]);
    stay.when({ decide: recordAdmission, command: admission, by: ward, now }).nothing();
    stay
      .when({ decide: recordAdmission, command: admission, by: ward, now: later })
      .refused('already-in-hospital', 'In hospital since 10:00');
  });

  it('names wards that the directory knows', () => {
    known
      .when({ decide: recordAdmission, command: { ...admission, ward: 'nowhere' }, by: ward, now })
      .refused('team-unknown');
  });

  it('goes on across wards and hospitals', () => {
    const command = { stayId, hospital: 'exeter-hospital' };
    const moved = inHospital.when({ decide: recordTransfer, command, by: ward, now: later }).then('Transferred');
    moved.when({ decide: recordTransfer, command, by: ward, now: later }).nothing();
    expect(moved.record.stays).toHaveLength(1);
  });

  it('has spells of readiness: each ends when the person is no longer ready', () => {
    const spell = inHospital
      .when({ decide: declareReady, command: threeDecisions, by: ward, now: later })
      .then('ReadyForTransferDeclared');
    spell.when({ decide: declareReady, command: threeDecisions, by: ward, now: later }).nothing();
    const worse = spell
      .when({ decide: withdrawReadiness, command: { stayId }, by: ward, now: at('2011-03-03 09:00') })
      .then('ReadinessWithdrawn');
    worse.when({ decide: withdrawReadiness, command: { stayId }, by: ward, now: at('2011-03-03 09:05') }).nothing();
    worse
      .when({
        decide: declareReady,
        command: threeDecisions,
        by: ward,
        now: at('2011-03-03 10:00'),
        happened: at('2011-03-03 08:00'),
      })
      .refused('occurred-before-another');
    const again = worse
      .when({ decide: declareReady, command: threeDecisions, by: ward, now: at('2011-03-05 09:00') })
      .then('ReadyForTransferDeclared');
    expect(again.record.stays[0]?.ready).toHaveLength(2);
    inHospital.when({ decide: withdrawReadiness, command: { stayId }, by: ward, now: later }).refused('not-ready');
  });

  it('ends with a discharge, and nothing of it comes after', () => {
    const left = inHospital
      .with(ready(later))
      .when({ decide: recordDischarge, command: home, by: ward, now: at('2011-03-03 11:00') })
      .then('Discharged');
    left.when({ decide: recordDischarge, command: home, by: ward, now: at('2011-03-03 11:05') }).nothing();
    left
      .when({
        decide: recordDischarge,
        command: { ...home, destination: 'careHome' as const },
        by: ward,
        now: at('2011-03-03 11:05'),
      })
      .refused('stay-ended', 'Left hospital at 11:00');
    left
      .when({ decide: declareReady, command: threeDecisions, by: ward, now: at('2011-03-03 12:00') })
      .refused('stay-ended');
    inHospital
      .with(ready(later))
      .when({
        decide: recordDischarge,
        command: home,
        by: ward,
        now: at('2011-03-03 11:00'),
        happened: at('2011-03-02 11:00'),
      })
      .refused('occurred-before-another');
    known.when({ decide: recordDischarge, command: home, by: ward, now }).refused('stay-not-found');
  });

  it('that ends in death records the death, and a death in hospital ends the stay', () => {
    const byDischarge = inHospital
      .when({ decide: recordDischarge, command: { ...home, destination: 'died' as const }, by: ward, now: later })
      .then('Discharged', 'PersonDied');
    expect(byDischarge.record.death?.place).toBe('hospital');
    const byDeath = inHospital
      .when({ decide: recordDeath, command: { place: 'hospital' as const }, by: ward, now: later })
      .then('Discharged', 'PersonDied');
    expect(byDeath.record.stays[0]?.discharged?.destination).toBe('died');
    byDeath.when({ decide: recordDeath, command: { place: 'hospital' as const }, by: zone, now: later }).nothing();
  });

  it('cannot begin after the death', () => {
    known
      .with(entry('PersonDied', { place: 'usualResidence' }, at('2011-03-02 08:00')))
      .when({ decide: recordAdmission, command: admission, by: ward, now })
      .refused('person-died');
  });
});
