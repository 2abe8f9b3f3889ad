import { describe, expect, it } from '@jest/globals';
import { londonInstant } from '#kernel';
import { allReactionRules, forgottenFrom, reactionDue, reactionRulesOn } from './reaction-rules.js';

const at = (words: string) => londonInstant(words.slice(0, 10), words.slice(11));
/** North zone opens from 8 to 6 on weekdays, Brixham Home Care every day from 8 to 6 as well. */
const offer = { urgency: 'urgent', sender: 'torbay-north-zone', receiver: 'brixham-home-care-team' } as const;

describe('how long the engine waits before it does something by itself', () => {
  it('a decline of 17:05 that nobody sees: the duty manager is told at 17:35, while the zone is open', () => {
    expect(reactionDue({ ...offer, rule: 'escalateDecline', since: at('2011-02-28 17:05') })).toBe(
      at('2011-02-28 17:35'),
    );
  });

  it('a decline of ten to closing time on a Friday: 20 minutes into Monday', () => {
    expect(reactionDue({ ...offer, rule: 'escalateDecline', since: at('2011-03-04 17:50') })).toBe(
      at('2011-03-07 08:20'),
    );
  });

  it('a decline on the eve of a bank holiday waits until the zone has been open for half an hour', () => {
    expect(reactionDue({ ...offer, rule: 'escalateDecline', since: at('2010-04-30 18:30') })).toBe(
      at('2010-05-04 08:30'),
    );
  });

  it('the receiver is reminded when the deadline passes', () => {
    const since = at('2011-03-01 10:15');
    expect(reactionDue({ ...offer, rule: 'chaseNotSeen', since })).toBe(since);
    expect(reactionDue({ ...offer, rule: 'chaseNotAnswered', since })).toBe(since);
  });

  it('an offer ends four hours of the receiver after its answer was due where it is urgent, later where it is not', () => {
    expect(reactionDue({ ...offer, rule: 'lapse', since: at('2011-03-01 09:00') })).toBe(at('2011-03-01 13:00'));
    expect(reactionDue({ ...offer, rule: 'lapse', urgency: 'immediate', since: at('2011-03-01 09:00') })).toBe(
      at('2011-03-01 10:00'),
    );
  });

  it('an answer by telephone that nobody confirms: a reminder after an hour of the receiver, the manager after four', () => {
    const since = at('2011-03-01 17:30');
    expect(reactionDue({ ...offer, rule: 'chaseNotConfirmed', since })).toBe(at('2011-03-02 08:30'));
    expect(reactionDue({ ...offer, rule: 'escalateNotConfirmed', since })).toBe(at('2011-03-02 11:30'));
  });

  it('does nothing of that before the rules knew it', () => {
    expect(reactionDue({ ...offer, rule: 'chaseNotConfirmed', since: at('2010-12-31 12:00') })).toBeUndefined();
  });

  it('counts a hospital without a known ward as always open', () => {
    const since = at('2011-03-05 23:50');
    expect(reactionDue({ ...offer, rule: 'escalateNotSeen', sender: 'torbay-hospital', since })).toBe(
      at('2011-03-06 00:20'),
    );
  });

  it('forgets what is more than a week late: nobody is woken by an import of old years', () => {
    expect(forgottenFrom(at('2011-03-01 10:15'))).toBe('2011-03-08');
  });

  it('the rules say where they come from, one version after the other', () => {
    expect(allReactionRules().map(({ version }) => version)).toEqual(allReactionRules().map((_, i) => i + 1));
    expect(reactionRulesOn('2011-03-01').label).toBe('M');
    expect(() => reactionRulesOn('2001-01-01')).toThrow('no rules');
  });
});
