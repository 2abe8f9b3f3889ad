import { describe, expect, it } from '@jest/globals';
import { hours, plus, roles, type Actor, type Role } from '#kernel';
import { mayAsk, mayRunOn, maySeeJourney } from '../policy.js';
import { mayReviewEmergencyAccess, maySeeEmergencyAccess } from './policy.js';
import { emergencyRuleAt, emergencyRules, limitsOf, type EmergencyRule } from './rules.js';

const actor = (role: Role, organisation = 'torbay-care-trust', staff = 'staff-torbay'): Actor => ({
  staff,
  role,
  organisation,
  sector: 'community',
  pilot: 'torbay',
});
/** Opened by somebody of Brixham; Torbay holds. */
const opener = actor('coordinator', 'brixham-home-care', 'staff-brixham');
const access = { staff: opener.staff, told: [{ organisation: 'torbay-care-trust' }], pilot: 'torbay' };

describe('Emergency access', () => {
  it('is for those who care for people, never for evaluators, administrators, pilot leads or auditors', () => {
    expect(roles.filter((role) => mayAsk(actor(role), 'openInEmergency').allowed)).toEqual(['coordinator', 'dutyManager']);
  });

  it('is asked of nobody: no organisation, pilot or part in the journey is needed for it', () => {
    const stranger: Actor = { staff: 'staff-x', role: 'coordinator', organisation: 'cumbria-pct', sector: 'primary' };
    expect(mayAsk(stranger, 'openInEmergency')).toEqual({ allowed: true });
  });

  it('changes nothing in what may be done: a stranger still sees no journey of their own right and runs no command', () => {
    const parts = { organisations: ['torbay-care-trust'], pilot: 'torbay' };
    expect(maySeeJourney(opener, parts)).toMatchObject({ allowed: false, code: 'notYours' });
    expect(mayRunOn(opener, 'record-contact', ['coordinator'], parts)).toMatchObject({ code: 'notYours' });
  });

  it('is seen by who opened it, the team that was told, the lead of the pilot and the auditor', () => {
    const sees = (who: Actor) => {
      const verdict = maySeeEmergencyAccess(who, access);
      return verdict.allowed ? verdict.identity : verdict.code;
    };
    expect(sees(opener)).toBe('pseudonymous');
    expect(sees(actor('coordinator'))).toBe('shown');
    expect(sees(actor('dutyManager'))).toBe('shown');
    expect(sees(actor('dutyManager', 'paignton-care', 'staff-paignton'))).toBe('notYours');
    expect(sees(actor('coordinator', 'paignton-care', 'staff-paignton'))).toBe('notYours');
    expect(sees(actor('coordinator', 'brixham-home-care', 'staff-colleague'))).toBe('notYours');
    expect(sees(actor('pilotLead'))).toBe('pseudonymous');
    expect(sees({ ...actor('pilotLead'), pilot: 'cumbria' })).toBe('notYours');
    expect(sees(actor('auditor'))).toBe('pseudonymous');
    for (const role of ['evaluator', 'administrator'] as const) expect(sees(actor(role))).toBe('role');
  });

  it('of somebody of no pilot is seen by no pilot lead', () => {
    const { pilot: _, ...ofNoPilot } = access;
    expect(maySeeEmergencyAccess(actor('pilotLead'), ofNoPilot)).toMatchObject({ allowed: false });
    expect(maySeeEmergencyAccess(actor('auditor'), ofNoPilot)).toMatchObject({ allowed: true });
  });

  it('is reviewed by the team that holds or the auditor, and never by who opened it', () => {
    const may = (who: Actor, of = access) => mayReviewEmergencyAccess(who, of).allowed;
    expect(may(actor('coordinator'))).toBe(true);
    expect(may(actor('dutyManager'))).toBe(true);
    expect(may(actor('dutyManager', opener.organisation, opener.staff), { ...access, told: [{ organisation: opener.organisation }] })).toBe(false);
    expect(may(actor('auditor'))).toBe(true);
    expect(may(actor('pilotLead'))).toBe(false);
    expect(may(opener)).toBe(false);
    expect(may(opener, { ...access, told: [{ organisation: opener.organisation }] })).toBe(false);
  });
});

describe('The rule of emergency access', () => {
  const later: EmergencyRule = { ...emergencyRules()[0]!, version: 2, effectiveFrom: '2027-01-01', hours: 2 };
  const rules = [...emergencyRules(), later];

  it('ends it after four hours and wants it reviewed within five days, by a rule that says how it is known', () => {
    const rule = emergencyRuleAt('2026-11-25');
    expect(rule).toMatchObject({ version: 1, label: 'M' });
    const at = '2026-11-25T22:30:00.000Z';
    expect(limitsOf(rule, at)).toEqual({ until: plus(at, hours(4)), reviewBy: '2026-11-30', rule: 1 });
  });

  it('is the one in force on the day, and an emergency of before the first rule has the first', () => {
    expect(emergencyRuleAt('2026-12-31', rules).version).toBe(1);
    expect(emergencyRuleAt('2027-01-01', rules).version).toBe(2);
    expect(emergencyRuleAt('2000-01-01', rules).version).toBe(1);
  });
});
