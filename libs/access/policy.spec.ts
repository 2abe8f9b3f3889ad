import { describe, expect, it } from '@jest/globals';
import { roles, type Actor, type Role } from '#kernel';
import { mayAsk, mayRun, mayRunOn, maySeeJourney, questions, type Question } from './policy.js';

const actor = (role: Role, organisation = 'torbay-care-trust', pilot: string | null = 'torbay'): Actor => ({
  staff: 'staff-1', role, organisation, sector: 'community', ...(pilot && { pilot }),
});
const torbay = { organisations: ['torbay-care-trust', 'brixham-home-care'], pilot: 'torbay' };
const elsewhere = { organisations: ['cumbria-pct'], pilot: 'cumbria' };
const ofNoPilot = { organisations: ['torbay-care-trust'] };

describe('Pages', () => {
  /** y: any. own: of their own pilot. A dot: not at all. */
  const table: Record<Question, string> = {
    //                 coordinator dutyManager pilotLead evaluator auditor administrator system linkHolder
    worklist:         'y   y   .   .   .   .   .   .',
    notices:          'y   y   .   .   .   .   .   .',
    personSearch:     'y   y   .   .   .   .   .   .',
    referral:         'y   .   .   .   .   .   .   .',
    journey:          'y   y   y   .   y   .   .   .',
    dashboard:        'own own own .   y   .   .   .',
    figureJourneys:   '.   .   own .   y   .   .   .',
    publishedFigures: 'y   y   y   y   y   .   .   .',
    accessLog:        '.   .   .   .   y   .   .   .',
    eventLog:         '.   .   .   .   y   .   .   .',
    openInEmergency:  'y   y   .   .   .   .   .   .',
    emergencyAccess:  'y   y   own .   y   .   .   .',
    pilots:           'y   y   y   y   y   y   .   .',
    status:           '.   .   .   .   y   y   .   .',
  };
  const cases = questions.flatMap((question) =>
    table[question].split(/\s+/).map((cell, i) => [roles[i]!, question, cell] as const),
  );

  it.each(cases)('%s, %s: %s', (role, question, cell) => {
    expect(mayAsk(actor(role), question, 'torbay').allowed).toBe(cell !== '.');
    expect(mayAsk(actor(role), question, 'cumbria').allowed).toBe(cell === 'y');
  });
});

describe('Journeys', () => {
  it.each([
    ['coordinator', torbay, 'shown'],
    ['coordinator', ofNoPilot, 'shown'],
    ['coordinator', elsewhere, 'notYours'],
    ['dutyManager', torbay, 'shown'],
    ['dutyManager', elsewhere, 'notYours'],
    ['pilotLead', torbay, 'pseudonymous'],
    ['pilotLead', elsewhere, 'notYours'],
    ['pilotLead', ofNoPilot, 'notYours'],
    ['auditor', torbay, 'pseudonymous'],
    ['auditor', elsewhere, 'pseudonymous'],
    ['evaluator', torbay, 'noRecords'],
    ['administrator', torbay, 'noRecords'],
    ['system', elsewhere, 'pseudonymous'],
  ] as const)('%s of Torbay, journey %j: %s', (role, parts, expected) => {
    const verdict = maySeeJourney(actor(role), parts);
    expect(verdict.allowed ? verdict.identity : verdict.code).toBe(expected);
    expect(verdict.reason).not.toBe('');
  });

  it('an organisation of the same pilot without a part in the journey does not see it', () => {
    expect(maySeeJourney(actor('coordinator', 'torbay-hospital'), torbay)).toEqual({
      allowed: false, code: 'notYours', reason: 'your organisation has no part in this journey',
    });
  });

  it('a pilot lead of no pilot sees no journey of no pilot', () => {
    expect(maySeeJourney(actor('pilotLead', 'torbay-care-trust', null), ofNoPilot).allowed).toBe(false);
  });
});

describe('Commands', () => {
  it.each([
    ['coordinator', true], ['dutyManager', false], ['pilotLead', false], ['evaluator', false], ['auditor', false], ['administrator', false],
    ['system', true],
  ] as const)('%s runs a command meant for coordinators and the system: %s', (role, allowed) => {
    expect(mayRun(actor(role), 'offer-handoff', ['coordinator', 'system']).allowed).toBe(allowed);
  });

  it('auditors and evaluators change nothing, whatever a use case says', () => {
    for (const role of ['auditor', 'evaluator'] as const)
      expect(mayRun(actor(role), 'offer-handoff', roles)).toMatchObject({ allowed: false, code: 'role' });
  });

  it('a coordinator changes only journeys that their organisation has a part in', () => {
    const coordinator = actor('coordinator');
    expect(mayRunOn(coordinator, 'offer-handoff', ['coordinator'], torbay).allowed).toBe(true);
    expect(mayRunOn(coordinator, 'offer-handoff', ['coordinator'], elsewhere)).toMatchObject({ code: 'notYours' });
    expect(mayRunOn(coordinator, 'publish-pathway', ['administrator'], torbay)).toMatchObject({ code: 'role' });
    expect(mayRunOn(actor('system'), 'lapse-handoff', ['system'], elsewhere).allowed).toBe(true);
  });
});
