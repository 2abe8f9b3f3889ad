import { describe, expect, it } from '@jest/globals';
import { readForm, type Posted } from '#web';
import { at, person, type Entry } from '../../../../test/support/history.js';
import { subjectOf } from '../../../../test/support/subject.js';
import { nextSteps } from '../journey/next-steps.js';
import type { FormSubject } from './journey-form.js';
import { offer } from './offer.form.js';

const now = at('2011-03-01 09:00');
const she = person('Mrs Smith');
const referred = she.referred('2011-02-21 11:00');
const declined = [she.offered('one', '2011-02-28 08:50'), she.declined('one', '2011-02-28 08:58')];

const about = (history: readonly Entry[], query: Posted): FormSubject => ({
  ...subjectOf([...referred, ...history], she.journey, 'coordinator-torbay', now),
  query,
});
const toBrixham = about([], { to: 'brixham-home-care-team' });

/** What is sent when nothing is chosen but this. */
function sent(posted: Posted, subject = toBrixham) {
  const { answers, problems } = readForm(offer.fields(subject), { ...offer.prefill?.(subject), ...posted });
  expect(problems).toEqual([]);
  return { body: offer.body(answers, subject), isChecked: offer.check?.when?.(answers, subject) };
}

const chosen = {
  ask: 'Personal care twice a day',
  urgency: 'urgent',
  risks: 'noneKnown',
  safeguarding: 'noneKnown',
  person: 'all',
};

describe('Offering a handover', () => {
  it('takes five choices, and says what every question by itself would have said', () => {
    expect(sent(chosen)).toEqual({
      body: {
        journeyId: she.journey,
        to: 'brixham-home-care-team',
        asked: 'Personal care twice a day',
        urgency: 'urgent',
        effect: 'now',
        risks: 'noneKnown',
        safeguarding: 'noneKnown',
        telephone: expect.stringMatching(/^Cara .*01632/),
        toldPerson: 'That this team is being asked.',
        agreement: 'agreed',
        sharing: 'directCareConsent',
      },
      isChecked: false,
    });
  });

  it('takes for granted neither how urgent it is nor whether there are risks, nor that the person agrees', () => {
    const { problems } = readForm(offer.fields(toBrixham), offer.prefill?.(toBrixham) ?? {});
    expect(problems.map(({ field }) => field)).toEqual(['ask', 'urgency', 'risks', 'safeguarding', 'person']);
  });

  it('asks when they take over where the person is in hospital', () => {
    const inHospital = about([she.admitted('stay', '2011-02-26 10:00')], { to: 'brixham-home-care-team' });
    expect(offer.prefill?.(inHospital)).not.toHaveProperty('effect');
  });

  it('asks agreement and basis for sharing each by itself where one answer does not say it all', () => {
    const each = {
      ...chosen,
      person: 'each',
      toldPerson: 'Nothing yet',
      agreement: 'notAsked',
      sharing: 'directCareImplied',
    };
    expect(sent(each).body).toMatchObject({
      toldPerson: 'Nothing yet',
      agreement: 'notAsked',
      sharing: 'directCareImplied',
    });
  });

  it('adds what was written to what was chosen, and has it read through before it is sent', () => {
    const { body, isChecked } = sent({ ...chosen, details: 'From tonight.' });
    expect(body).toMatchObject({ asked: 'Personal care twice a day\nFrom tonight.' });
    expect(isChecked).toBe(true);
    expect(sent({ ...chosen, ask: 'other', asked: 'A night sitter' })).toMatchObject({
      body: { asked: 'A night sitter' },
      isChecked: true,
    });
  });

  it('to a team of which the person said that they are to know nothing, has no answer that says they consent', () => {
    const refusal = { decision: 'refused', scope: 'organisation', organisation: 'brixham-home-care' } as const;
    const refused = about([she.lived('ConsentRecorded', refusal, '2011-02-27 10:00')], {
      to: 'brixham-home-care-team',
    });
    const names = offer.fields(refused).map(({ name }) => name);
    expect(names).not.toContain('person');
    expect(names).toEqual(expect.arrayContaining(['toldPerson', 'agreement', 'sharing', 'despite']));
  });

  it('made again to another team says what it said, and is read through once more', () => {
    const again = about(declined, { to: 'english-riviera-home-care-team', again: she.handoff('one') });
    const { body, isChecked } = sent({ toldPerson: 'That somebody else is asked.' }, again);
    expect(body).toMatchObject({
      to: 'english-riviera-home-care-team',
      asked: 'words in the clear',
      urgency: 'urgent',
      agreement: 'agreed',
      sharing: 'directCareConsent',
    });
    expect(isChecked).toBe(true);
  });

  it('knows from the last offer how to speak with the person and who cares for them, and nothing that is judged anew', () => {
    const next = about(declined, { to: 'english-riviera-home-care-team' });
    expect(Object.keys(offer.prefill?.(next) ?? {}).sort()).toEqual(['carer', 'communication', 'effect', 'telephone']);
  });
});

describe('Whom the page of a journey names beside it', () => {
  it('is who accepted lately and can be asked now: not a team that has closed', () => {
    const { shortcuts } = nextSteps(about([], {}), ['harbourside-home-care-team', 'brixham-home-care-team']);
    expect(shortcuts).toEqual([
      { text: 'Brixham Home Care', href: `/journeys/${she.journey}/offer?to=brixham-home-care-team` },
    ]);
  });
});
