/** What the person says about sharing: an entry of the person, whatever journeys they are on. */
import { civilDate, sectors } from '#kernel';
import { consentDecisions, consentScopes } from '#pathway';
import { teamsOf } from '#pilots';
import { consentDecisionWords, consentScopeWords, optionsOf, sectorWords } from '#web';
import { organisationName } from '../pages.js';
import { consentLine } from '../record/consent.view.js';
import { moment, only, whenFields, whenNow, type FormSubject, type JourneyForm } from './journey-form.js';

const organisations = ({ journey, now }: FormSubject): readonly string[] =>
  journey.pilot === undefined
    ? []
    : [...new Set(teamsOf(journey.pilot, civilDate(now)).map(({ organisation }) => organisation))];

export const consent: JourneyForm = {
  path: 'consent',
  about: 'journey',
  use: 'record-consent',
  title: () => 'Record consent to sharing',
  lead: ({ record }) => [
    'What the person says counts from that moment. Where they say no, whoever offers a handover to that service is asked why, and the service reads it.',
    record.consents.length > 0 ? `Recorded so far. ${consentLine(record)}.` : 'Nothing has been recorded so far.',
  ],
  fields: (subject) => [
    {
      kind: 'choice',
      name: 'decision',
      label: 'What did the person say?',
      missing: 'Select what the person said',
      options: optionsOf(consentDecisions, consentDecisionWords, {
        given: 'Their record may be shared',
        refused: 'It may not be shared',
        withdrawn: 'They had consented, and do so no longer',
      }),
    },
    {
      kind: 'choice',
      name: 'scope',
      label: 'With whom?',
      missing: 'Select with whom',
      options: optionsOf(consentScopes, consentScopeWords),
    },
    {
      kind: 'list',
      name: 'sector',
      label: 'Which sector?',
      missing: 'Select the sector',
      when: { field: 'scope', is: ['sector'] },
      options: optionsOf(sectors, sectorWords),
    },
    {
      kind: 'list',
      name: 'organisation',
      label: 'Which organisation?',
      missing: 'Select the organisation',
      when: { field: 'scope', is: ['organisation'] },
      options: organisations(subject).map((id) => ({ value: id, text: organisationName(id) })),
    },
    { kind: 'words', name: 'note', label: 'In their words', rows: 2 },
    ...whenFields('When did they say so?', subject.now),
  ],
  prefill: () => whenNow,
  body: (answers, { record }) => ({
    personId: record.personId,
    ...only(answers, 'decision', 'scope', 'sector', 'organisation', 'note'),
    ...moment(answers),
  }),
  button: 'Record what they said',
  done: 'consent',
};
