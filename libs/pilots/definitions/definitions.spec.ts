import { describe, expect, it } from '@jest/globals';
import { handoffDeclineReasons, journeyMoments, referralDeclineReasons, referrers } from '#pathway';
import { pilots } from '../programme/pilots.js';
import { definitionProblems } from './check.js';
import {
  allDefinitions,
  definition,
  definitionsOf,
  hashOf,
  latestDefinition,
  released,
  releaseProblems,
} from './definitions.js';
import { journeyMoments as momentsOfRules, type PathwayDefinition } from './schema.js';

const torbay = definition('torbay-older-people', 1)!;
const newTorbay = definition('torbay-older-people', 2)!;
const others = allDefinitions().filter((one) => one !== torbay);
/** Pilots whose own pathway is written down. */
const own: Readonly<Record<string, readonly string[]>> = {
  torbay: ['torbay-older-people'],
  northumbria: ['northumbria-copd'],
  wakefield: ['wakefield-substance-misuse'],
};
/** A copy that may be changed. */
const changed = (change: (copy: PathwayDefinition) => void): PathwayDefinition => {
  const copy = structuredClone(torbay) as PathwayDefinition;
  change(copy);
  return copy;
};
const problemsAfter = (change: (copy: PathwayDefinition) => void) => definitionProblems(changed(change));
const wayOf = (copy: PathwayDefinition, from: string, to: string) =>
  copy.transitions.find((one) => one.from === from && one.to === to)!;

describe('the pathways of the pilots', () => {
  it('Torbay, Northumbria and Wakefield run their own; each other pilot the least that all have in common', () => {
    for (const { id } of pilots) {
      expect([id, definitionsOf(id).map((one) => one.id)]).toEqual([id, own[id] ?? ['integrated-care']]);
    }
  });

  it('are all sound: every stage can be reached, every stage leads to an end, every handover names both parties', () => {
    for (const one of allDefinitions()) expect(definitionProblems(one)).toEqual([]);
  });

  it('say of every rule in words what it is, how it is known and where from', () => {
    for (const one of allDefinitions()) {
      const { enrolment, indexDate, handoffs, referrals, planReview, sharing, eligibility } = one;
      const codes = eligibility.flatMap((rule) => (rule.code === 'diagnosis' ? [{ words: '', ...rule.codes }] : []));
      const rules = [enrolment, indexDate, handoffs, referrals, planReview, ...eligibility, ...codes];
      for (const rule of [...rules, ...(sharing ? [sharing] : [])])
        expect(rule).toMatchObject({
          words: expect.any(String),
          label: expect.any(String),
          source: expect.any(String),
        });
    }
  });

  it('use the reasons and referrers that the events of a journey carry, each with words for the screen', () => {
    for (const { referrals, handoffs, enrolment } of allDefinitions()) {
      expect(referrals.declineReasons.map(({ code }) => code)).toEqual(referralDeclineReasons);
      expect(handoffs.declineReasons.map(({ code }) => code)).toEqual(handoffDeclineReasons);
      expect(referrers).toEqual(expect.arrayContaining(enrolment.openTo));
      expect(momentsOfRules).toEqual(journeyMoments);
    }
  });

  it('at Torbay take people of 65 and over, referred by anybody, themselves and carers included', () => {
    expect(torbay.eligibility).toContainEqual(expect.objectContaining({ code: 'minimumAge', years: 65 }));
    expect(torbay.enrolment.openTo).toEqual(
      expect.arrayContaining(['self', 'carer', 'generalPractitioner', 'hospital']),
    );
  });

  it('say since their second version what enrols a person', () => {
    expect(torbay.enrolment.on).toBeUndefined();
    for (const { id } of pilots) {
      for (const one of definitionsOf(id)) expect([one.id, one.enrolment.on]).toEqual([one.id, 'referralAccepted']);
    }
  });

  it('in Northumbria take people with COPD of fifteen practices, from the day of their care plan', () => {
    const copd = latestDefinition('northumbria-copd')!;
    expect(copd.eligibility.map(({ code, label }) => [code, label])).toEqual([
      ['registeredWith', 'V'],
      ['diagnosis', 'V'],
      ['severity', 'V'],
      ['agrees', 'ours'],
    ]);
    // That it is about COPD is verified; which codes mean COPD is not.
    expect(copd.eligibility[1]).toMatchObject({ codes: { system: 'ICD-10', label: 'M' } });
    expect(copd.indexDate.rule).toBe('planAgreed');
  });

  it('in Wakefield cross into housing and back, and say what housing may be told', () => {
    const { transitions, sharing, eligibility } = latestDefinition('wakefield-substance-misuse')!;
    const crossed = transitions.map(({ sender, receiver }) => `${sender}>${receiver}`);
    expect(crossed).toEqual(
      expect.arrayContaining(['mentalHealth>housing', 'secondary>housing', 'housing>mentalHealth']),
    );
    expect(sharing?.words).toContain('nothing of the treatment');
    // Its own papers were not found: nothing in it may pass for a fact.
    expect(eligibility.every(({ label }) => label === 'M' || label === 'ours')).toBe(true);
  });

  it('a version that does not exist is not found; the newest in force is', () => {
    expect(definition('torbay-older-people', 99)).toBeUndefined();
    expect(latestDefinition('torbay-older-people')).toBe(newTorbay);
    expect(latestDefinition('torbay-older-people', '2009-03-31')).toBeUndefined();
    expect(latestDefinition('torbay-older-people', '2010-03-31')).toBe(torbay);
    expect(latestDefinition('torbay-older-people', '2010-04-01')).toBe(newTorbay);
  });
});

describe('a released version never changes', () => {
  it('every file is as it was when it was released', () => {
    expect(releaseProblems(allDefinitions(), released)).toEqual([]);
  });

  it('a changed word in a released version is found', () => {
    const edited = changed((copy) => void (copy.planReview.everyDays = 90));
    expect(releaseProblems([edited, ...others], released)).toEqual([
      'torbay-older-people version 1 was released and has been changed; write a new version instead',
    ]);
  });

  it('a released version whose file is gone is found, and a file that was never released', () => {
    const next = changed((copy) => void (copy.version = 99));
    expect(releaseProblems([next, ...others], released)).toEqual([
      'torbay-older-people version 1 was released and its file is gone',
      `torbay-older-people version 99 is not in released.json; its hash is ${hashOf(next)}`,
    ]);
  });

  it('cannot be changed by the code that reads it', () => {
    expect(() => (torbay.stages[0]!.title = 'Something else')).toThrow(TypeError);
  });

  it('has a hash of its content, whatever the order in which it is written', () => {
    const reordered = Object.fromEntries(Object.entries(torbay).reverse()) as PathwayDefinition;
    expect(hashOf(reordered)).toBe(hashOf(torbay));
    expect(hashOf(torbay)).toMatch(/^[0-9a-f]{64}$/);
    expect(hashOf(changed((copy) => void (copy.title += '.')))).not.toBe(hashOf(torbay));
  });
});

describe('a definition that may not be released', () => {
  it('leaves out what every definition says', () => {
    expect(definitionProblems({ id: 'half', version: 1 })).toContain('/stages: Expected required property');
  });

  it('has a field that nobody knows', () => {
    expect(definitionProblems({ ...torbay, colour: 'blue' })).toEqual(['/colour: Unexpected property']);
  });

  it('names a stage that is not described', () => {
    expect(problemsAfter((copy) => void (copy.transitions[0]!.to = 'nowhere'))).toEqual([
      'stage nowhere is named but not described',
    ]);
  });

  it('has a stage that nobody can reach', () => {
    const island = { id: 'island', title: 'Island', sector: 'community', kind: 'end' } as const;
    expect(problemsAfter((copy) => void copy.stages.push(island))).toEqual([
      'stage island cannot be reached from referral',
    ]);
  });

  it('has a stage from which nothing leads to an end', () => {
    expect(
      problemsAfter((copy) => {
        copy.stages.push({ id: 'limbo', title: 'Limbo', sector: 'community', kind: 'support' });
        copy.transitions.push({ from: 'assessment', to: 'limbo', kind: 'step', title: 'Wait' });
      }),
    ).toEqual(['from stage limbo no end can be reached']);
  });

  it('starts with something else than a referral, or goes on after its end', () => {
    expect(problemsAfter((copy) => void (copy.stages[0]!.kind = 'assessment'))).toEqual([
      'the start, referral, is not a referral',
    ]);
    expect(
      problemsAfter((copy) => void copy.transitions.push({ from: 'ended', to: 'plan', kind: 'step', title: 'Again' })),
    ).toEqual(['ended is an end, yet leads to plan']);
  });

  it('has a handover without a receiver', () => {
    expect(problemsAfter((copy) => void delete wayOf(copy, 'plan', 'home-care').receiver)).toEqual([
      'the handoff from plan to home-care does not name its sender and its receiver',
    ]);
  });

  it('has a handover whose parties are not those of its stages, or which it does not allow', () => {
    expect(problemsAfter((copy) => void (wayOf(copy, 'plan', 'home-care').receiver = 'primary'))).toEqual([
      'the handoff from plan to home-care goes to primary, but home-care is socialCare',
    ]);
    expect(
      problemsAfter(
        (copy) => void (copy.handoffs.allowed = copy.handoffs.allowed.filter((one) => one !== 'secondary>socialCare')),
      ),
    ).toEqual(['the handoff from hospital to home-care crosses secondary>socialCare, which is not allowed']);
  });

  it('crosses from one sector to another without a handover', () => {
    expect(
      problemsAfter((copy) => {
        const way = wayOf(copy, 'plan', 'home-care');
        way.kind = 'step';
        delete way.sender;
        delete way.receiver;
      }),
    ).toEqual(['the step from plan to home-care crosses from community to socialCare, so it must be a handoff']);
  });

  it('goes to housing, to schools or to the courts, and does not say what may be told there', () => {
    expect(problemsAfter((copy) => void (copy.stages.find(({ kind }) => kind === 'end')!.sector = 'housing'))).toEqual([
      'housing is outside health and social care, so the pathway must say what may be told there',
    ]);
  });

  it('admits to somewhere that is no hospital, or returns from there', () => {
    expect(problemsAfter((copy) => void (wayOf(copy, 'assessment', 'plan').kind = 'admission'))).toEqual([
      'the admission from assessment to plan does not lead to a hospital stage',
    ]);
    expect(problemsAfter((copy) => void (wayOf(copy, 'assessment', 'plan').kind = 'return'))).toEqual([
      'the return from assessment to plan does not leave a hospital stage',
    ]);
  });

  it('says the same thing twice', () => {
    expect(problemsAfter((copy) => void copy.transitions.push({ ...copy.transitions[0]! }))).toEqual([
      'the way from referral to assessment is there twice',
    ]);
    expect(problemsAfter((copy) => void copy.contactKinds.push({ ...copy.contactKinds[0]! }))).toEqual([
      'the code home-visit is there twice in one list',
    ]);
    expect(problemsAfter((copy) => void copy.eligibility.push({ ...copy.eligibility[0]! }))).toEqual([
      'the criterion minimumAge is there twice',
    ]);
  });
});
