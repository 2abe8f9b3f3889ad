import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { problemsOf, releaseProblems } from '../../scripts/safety/check.js';
import { likelihoods, riskOf, severities, type Hazard } from '../../scripts/safety/hazard.js';
import { hazardFiles, hazardsIn } from '../../scripts/safety/hazards.js';

const spec = `
describe('A handover', () => {
  it('is not accepted by being seen', () => undefined);
  it.skip('is chased', () => undefined);
  describe.skip('at night', () => {
    it('is chased too', () => undefined);
  });
});`;

const read = (file: string): string | undefined => (file === 'libs/a.spec.ts' ? spec : undefined);

const hazard = (more: Partial<Hazard> = {}): Hazard => ({
  id: 'H1',
  title: 'A handover is shown as accepted',
  source: 'FACTS 6',
  hazard: 'Two teams each believe that the other holds.',
  causes: ['Seen is read as accepted.'],
  effect: 'Nobody calls on the person.',
  design: ['Nothing but acceptance moves responsibility.'],
  procedure: ['Ring where it matters.'],
  initial: { severity: 'major', likelihood: 'medium' },
  residual: { severity: 'major', likelihood: 'very low' },
  status: 'held',
  because: 'The tests say so.',
  tests: [{ file: 'libs/a.spec.ts', titles: ['A handover > is not accepted by being seen'] }],
  ...more,
});

const problems = (...hazards: readonly unknown[]): readonly string[] =>
  problemsOf(new Map(hazards.map((content, i) => [`H${i + 1}.json`, content])), read);
const naming = (title: string, file = 'libs/a.spec.ts') => hazard({ tests: [{ file, titles: [title] }] });

describe('The gate', () => {
  it('lets a hazard pass whose test is there', () => {
    expect(problems(hazard())).toEqual([]);
  });

  it('refuses a hazard without a test', () => {
    expect(problems(hazard({ tests: [] }))).toEqual(['H1 is held and names no test']);
    expect(problems(hazard({ tests: [], status: 'partly held' }))).toEqual(['H1 is partly held and names no test']);
  });

  it('refuses a title that no test of the file has', () => {
    expect(problems(naming('A handover > is not accepted by being sean'))).toEqual([
      'H1: libs/a.spec.ts has no test "A handover > is not accepted by being sean"',
    ]);
    expect(problems(naming('is not accepted by being seen'))).toHaveLength(1);
  });

  it('refuses a file that is not there, or that no test run opens', () => {
    expect(problems(naming('x y z', 'libs/b.spec.ts'))).toEqual(['H1: libs/b.spec.ts is no file of tests']);
    expect(problems(naming('x y z', 'libs/a.ts'))).toEqual(['H1: libs/a.ts is no file of tests']);
  });

  it.each(['A handover > is chased', 'A handover > at night > is chased too'])(
    'refuses a test that is skipped: %s',
    (title) => {
      expect(problems(naming(title))).toEqual([`H1: libs/a.spec.ts skips the test "${title}"`]);
    },
  );

  it('lets an open hazard pass without a test; one that it names must be there', () => {
    expect(problems(hazard({ status: 'open', tests: [] }))).toEqual([]);
    expect(problems({ ...naming('nowhere'), status: 'open' })).toHaveLength(1);
  });

  it('refuses a file that is no hazard, or another than its name says, and a number left out', () => {
    expect(problems({ ...hazard(), effect: 3 })).toEqual(['H1.json: /effect: Expected string']);
    expect(problems(hazard({ id: 'H2' }))).toEqual(['H1.json holds H2: a file is named after its hazard']);
    expect(problemsOf(new Map([['H2.json', hazard({ id: 'H2' })]]), read)).toEqual([
      'H1 is missing: numbers have no gaps',
    ]);
  });
});

describe('A release', () => {
  const acceptance = {
    by: 'Clinical Safety Officer',
    on: '2026-11-25',
    release: '0.1.0',
    reason: 'Demonstration only.',
  };
  const open = hazard({ status: 'open', tests: [] });

  it('is refused while a hazard is open', () => {
    expect(releaseProblems([hazard(), open], '0.1.0')).toEqual([
      'H1 is open and nobody has accepted it: A handover is shown as accepted',
    ]);
  });

  it('goes out where somebody accepted the hazard for this release, and not for the next one', () => {
    expect(releaseProblems([{ ...open, acceptance }], '0.1.0')).toEqual([]);
    expect(releaseProblems([{ ...open, acceptance }], '0.2.0')).toHaveLength(1);
  });

  it('goes out where every hazard is held or partly held', () => {
    expect(releaseProblems([hazard(), hazard({ status: 'partly held' })], '0.1.0')).toEqual([]);
  });
});

describe('A rating', () => {
  it('never falls where harm is worse or likelier', () => {
    for (const [i, likelihood] of likelihoods.entries()) {
      for (const [j, severity] of severities.entries()) {
        const risk = riskOf({ severity, likelihood });
        expect(risk).toBeGreaterThanOrEqual(riskOf({ severity: severities[Math.max(0, j - 1)]!, likelihood }));
        expect(risk).toBeGreaterThanOrEqual(riskOf({ severity, likelihood: likelihoods[Math.max(0, i - 1)]! }));
      }
    }
  });
});

describe('The hazard log', () => {
  const files = hazardFiles();
  const hazards = hazardsIn(files);

  it('is held by the tests that it names', () => {
    expect(problemsOf(files, (file) => readFileSync(file, 'utf8'))).toEqual([]);
  });

  it('has the eighteen hazards of the fact sheet (FACTS 6)', () => {
    const first = hazards.slice(0, 18);
    expect(first.map(({ id, source }) => [id, source])).toEqual(first.map((_, i) => [`H${i + 1}`, 'FACTS 6']));
  });

  it('rates no hazard worse with its controls than without', () => {
    expect(hazards.filter(({ initial, residual }) => riskOf(residual) > riskOf(initial))).toEqual([]);
  });

  it('lowers no rating of a hazard that is open: what is not built controls nothing', () => {
    const open = hazards.filter(({ status }) => status === 'open');
    expect(open.filter(({ initial, residual }) => riskOf(residual) < riskOf(initial)).map(({ id }) => id)).toEqual([]);
  });
});
