import { describe, expect, it } from '@jest/globals';
import { londonInstant } from '#kernel';
import { allLinkRules, linkLimits, linkRuleOn } from './link-rules.js';

const at = (words: string) => londonInstant(words.slice(0, 10), words.slice(11));
/** Brixham Home Care opens every day from 8 to 6. */
const receiver = 'brixham-home-care-team';

describe('how long a link to answer with works', () => {
  it('ends four hours of the receiver after it was made where the offer is urgent, one where it is immediate', () => {
    const issuedAt = at('2011-03-01 09:00');
    expect(linkLimits({ issuedAt, urgency: 'urgent', receiver }).until).toBe(at('2011-03-01 13:00'));
    expect(linkLimits({ issuedAt, urgency: 'immediate', receiver }).until).toBe(at('2011-03-01 10:00'));
  });

  it('made at 16:50, it can be answered the next morning', () => {
    expect(linkLimits({ issuedAt: at('2011-03-01 16:50'), urgency: 'urgent', receiver }).until).toBe(
      at('2011-03-02 10:50'),
    );
  });

  it('counts a hospital without a known ward as always open', () => {
    expect(linkLimits({ issuedAt: at('2011-03-01 23:00'), urgency: 'urgent', receiver: 'torbay-hospital' }).until).toBe(
      at('2011-03-02 03:00'),
    );
  });

  it('names the rule that it was made under, which says where it comes from', () => {
    expect(linkLimits({ issuedAt: at('2011-03-01 09:00'), urgency: 'soon', receiver })).toMatchObject({
      wrongCodes: 5,
      rule: 'answer-links@1',
    });
    expect(linkRuleOn('2011-03-01').label).toBe('M');
    expect(allLinkRules().map(({ version }) => version)).toEqual(allLinkRules().map((_, i) => i + 1));
    expect(() => linkRuleOn('2001-01-01')).toThrow('no rule');
  });
});
