import { describe, expect, it } from '@jest/globals';
import { changesBetween } from './changes.js';
import { definition } from './definitions.js';
import type { PathwayDefinition } from './schema.js';

const first = definition('torbay-older-people', 1)!;
const second = definition('torbay-older-people', 2)!;

describe('What changed between two versions of a pathway', () => {
  it('of Torbay: what enrols is said, and the area became the practices', () => {
    expect(
      changesBetween(first, second).map(({ about, before, after }) => [
        about,
        before !== undefined,
        after !== undefined,
      ]),
    ).toEqual([
      ['what enrols', true, true],
      ['enrolment', true, true],
      ['criterion: practice', false, true],
      ['criterion: where the person lives', true, false],
    ]);
  });

  it('of the common pathway: two pilots have one of their own', () => {
    const gone = changesBetween(definition('integrated-care', 1)!, definition('integrated-care', 2)!)
      .filter(({ after }) => after === undefined)
      .map(({ about }) => about);
    expect(gone).toEqual(['pilot northumbria', 'pilot wakefield']);
  });

  it('is nothing between a version and itself', () => {
    expect(changesBetween(second, second)).toEqual([]);
  });

  it('leaves out nothing that a definition may say', () => {
    const changes: Readonly<Record<string, (copy: PathwayDefinition) => void>> = {
      stages: (copy) => void (copy.stages[1]!.title = 'Another'),
      transitions: (copy) => void (copy.transitions[0]!.title = 'Another'),
      contactKinds: (copy) => void copy.contactKinds.pop(),
      planReview: (copy) => void (copy.planReview.everyDays = 7),
      indexDate: (copy) => void (copy.indexDate.rule = 'planAgreed'),
      sharing: (copy) => void (copy.sharing = { words: 'Nothing', label: 'ours', source: 'here' }),
      allowed: (copy) => void copy.handoffs.allowed.pop(),
    };
    for (const [name, change] of Object.entries(changes)) {
      const copy = structuredClone(second) as PathwayDefinition;
      change(copy);
      expect([name, changesBetween(second, copy).length > 0]).toEqual([name, true]);
    }
  });
});
