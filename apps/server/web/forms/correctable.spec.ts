import { describe, expect, it } from '@jest/globals';
import { pathwayRegistry } from '#pathway';
import { at, person, type Entry } from '../../../../test/support/history.js';
import { subjectOf } from '../../../../test/support/subject.js';
import { contentBefore, contentChanged, contentFields, contentNow, wordsChanged } from './correctable.js';
import { correct } from './entry.forms.js';
import type { FormSubject } from './journey-form.js';

const now = at('2011-03-01 09:00');
const she = person('Mrs Smith');
const referred = she.referred('2011-02-21 11:00');
const choice = { field: 'wrong', is: 'content' };

const about = (entry: Entry, ...others: readonly Entry[]): FormSubject => {
  const history = [...referred, ...others, entry];
  const subject = subjectOf(history, she.journey, 'coordinator-torbay', now);
  return { ...subject, entry: subject.effective.get(entry.event.eventId)!, query: {} };
};
const asks = (subject: FormSubject) => contentFields(subject, choice).map(({ name }) => name);

describe('What of an entry can be put right', () => {
  it('is asked with the questions of its own form, filled in as it stands', () => {
    const admitted = about(she.admitted('one', '2011-02-26 10:00'));
    expect(asks(admitted)).toEqual(['is-ward', 'is-method']);
    expect(contentNow(admitted)).toMatchObject({
      'is-ward': 'torbay-hospital-care-of-the-elderly-ward',
      'is-method': '21',
    });
  });

  it('is only what was changed, and the entry stays as its description says', () => {
    const admitted = about(she.admitted('one', '2011-02-26 10:00'));
    const answers = { 'is-ward': 'torbay-hospital-care-of-the-elderly-ward', 'is-method': '22' };
    expect(contentChanged(answers, admitted)).toEqual({ method: '22' });
    const before = contentBefore(answers, admitted, contentFields(admitted, choice));
    expect(before).toEqual([{ label: 'Before: How were they admitted?', text: expect.stringMatching(/emergency/i) }]);
  });

  it('names a team as it was on that day', () => {
    const left = about(she.discharged('one', '2011-02-28 15:00'), she.admitted('one', '2011-02-26 10:00'));
    const changed = contentChanged(
      { 'is-destination': 'careHome', 'is-expectedReceiver': 'brixham-home-care-team' },
      left,
    );
    expect(changed).toEqual({
      destination: 'careHome',
      expectedReceiver: {
        team: 'brixham-home-care-team',
        organisation: 'brixham-home-care',
        sector: 'socialCare',
      },
    });
    expect(pathwayRegistry.problems('Discharged', { ...(left.entry!.data as object), ...changed })).toEqual([]);
  });

  it('of an answer is when it takes effect', () => {
    const offered = she.offered('one', '2011-03-01 08:00');
    const accepted = about(she.accepted('one', '2011-03-01 08:30'), offered);
    expect(asks(accepted)).toEqual(['is-effect', 'is-effectAt', 'is-expectedOn']);
  });

  it('is also its words, filled in as they stand; what was not touched is not written again', () => {
    const referral = { ...about(she.said('JourneyResumed', {}, '2011-02-24 10:00')) };
    const made = { ...referral, entry: referral.effective.get(referred[0]!.event.eventId)! };
    expect(asks(made)).toContain('is-reason');
    expect(contentNow(made)['is-reason']).toBe('words in the clear');
    const same = { 'is-reason': 'words in the clear\r\n' };
    expect(wordsChanged(same, made)).toEqual({});
    const other = { 'is-reason': 'Two falls, not one' };
    expect(wordsChanged(other, made)).toEqual({ reason: 'Two falls, not one' });
    expect(contentChanged(other, made)).toEqual({});
    expect(contentBefore(other, made, contentFields(made, choice))).toEqual([
      { label: 'Before: Why', text: 'words in the clear' },
    ]);
  });

  it('asks for what stands there already: words are written anew and not left out', () => {
    const closed = about(
      she.said('JourneyClosed', { reason: 'goalsMet', agreedWith: 'sealed:v1:AAAA' }, '2011-02-24 10:00'),
    );
    const field = contentFields(closed, choice).find(({ name }) => name === 'is-agreedWith');
    expect(field?.missing).toBeDefined();
  });

  it('is not a day that had to lie ahead when it was written', () => {
    const plan = { plan: she.stay('plan'), reviewBy: '2011-02-25' };
    const agreed = about(she.said('CarePlanAgreed', plan, '2011-02-22 10:00'));
    expect(contentFields(agreed, choice)[0]).not.toHaveProperty('earliest');
  });

  it('is the time alone where the entry asks nothing else', () => {
    const resumed = about(
      she.said('JourneyResumed', {}, '2011-02-24 10:00'),
      she.said('JourneyPaused', { reason: 'awayFromHome' }, '2011-02-23 10:00'),
    );
    expect(asks(resumed)).toEqual([]);
    const [wrong] = correct.fields(resumed);
    expect(wrong).toMatchObject({ options: [{ value: 'time' }, { value: 'all' }] });
  });
});
