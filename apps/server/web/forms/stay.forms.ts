/** Forms of a hospital stay and of a death: entries of the person, whatever journeys they are on. */
import { civilDate } from '#kernel';
import { admissionMethods, dischargeDestinations, placesOfDeath } from '#pathway';
import { closedTeamsOf, teamAsOf, teamsOf, type Team } from '#pilots';
import { admissionWords, destinationWords, longDate, optionsOf, placeOfDeathWords, type Option } from '#web';
import { moment, only, whenFields, whenNow, type FormSubject, type JourneyForm } from './journey-form.js';

const personOf = ({ record }: FormSubject) => ({ personId: record.personId });

/** The stay that has not ended. */
export const stayNow = ({ record }: Pick<FormSubject, 'record'>) =>
  record.stays.findLast(({ discharged }) => !discharged);

const onStay = (subject: FormSubject) => ({ ...personOf(subject), stayId: stayNow(subject)?.stayId });
const admittedAt = (subject: FormSubject) => stayNow(subject)?.admitted.at;

const teamsNow = ({ journey, now }: FormSubject): readonly Team[] =>
  journey.pilot === undefined ? [] : teamsOf(journey.pilot, civilDate(now));

const wards = (subject: FormSubject): readonly Option[] =>
  teamsNow(subject)
    .filter(({ serves }) => serves === 'ward')
    .map(({ id, name }) => ({ value: id, text: name }));

/** Those that have closed come last: somebody may have been sent to one, and then the record has to say so (scenario 6). */
function receivers(subject: FormSubject): readonly Option[] {
  const { journey, now } = subject;
  const open = teamsNow(subject).filter(({ serves }) => serves !== 'ward');
  const closed = journey.pilot === undefined ? [] : closedTeamsOf(journey.pilot, civilDate(now));
  return [
    ...open.map(({ id, name }) => ({ value: id, text: name })),
    ...closed.map(({ id, name, closed: day }) => ({ value: id, text: `${name} (closed on ${longDate(day!)})` })),
  ];
}

const hospitalOf = (ward: string | undefined, { now }: FormSubject): string | undefined =>
  ward === undefined ? undefined : teamAsOf(ward, civilDate(now))?.organisation;

/** Those that a coordinator meets; the rest are for messages from hospitals. */
const commonMethods = admissionMethods.filter((method) =>
  ['21', '22', '24', '28', '11', '12', '13', '81'].includes(method),
);

export const admission: JourneyForm = {
  path: 'admission',
  about: 'journey',
  use: 'record-admission',
  title: () => 'Record an admission to hospital',
  lead: () => [
    'The hospital is responsible while the person stays. The team that is responsible now is again afterwards, unless another accepts.',
  ],
  fields: (subject) => [
    { kind: 'list', name: 'ward', label: 'Which ward?', missing: 'Select the ward', options: wards(subject) },
    {
      kind: 'choice',
      name: 'method',
      label: 'How were they admitted?',
      missing: 'Select how they were admitted',
      options: optionsOf(commonMethods, admissionWords),
    },
    ...whenFields('When was it?', subject.now),
  ],
  prefill: () => whenNow,
  body: (answers, subject) => ({
    ...personOf(subject),
    hospital: hospitalOf(answers['ward'], subject),
    ...only(answers, 'ward', 'method'),
    ...moment(answers),
  }),
  button: 'Record the admission',
  done: 'admitted',
};

export const transfer: JourneyForm = {
  path: 'transfer',
  about: 'journey',
  use: 'record-transfer',
  title: () => 'Record a move to another ward or hospital',
  lead: () => ['It stays the same hospital stay.'],
  fields: (subject) => [
    { kind: 'list', name: 'ward', label: 'To which ward?', missing: 'Select the ward', options: wards(subject) },
    ...whenFields('When was it?', subject.now, admittedAt(subject)),
  ],
  prefill: () => whenNow,
  body: (answers, subject) => ({
    ...onStay(subject),
    hospital: hospitalOf(answers['ward'], subject),
    ...only(answers, 'ward'),
    ...moment(answers),
  }),
  button: 'Record the move',
  done: 'moved',
};

const statement = (name: string, label: string, text: string) =>
  ({
    kind: 'confirm',
    name,
    label,
    statement: text,
    missing: `Confirm that ${text.charAt(0).toLowerCase()}${text.slice(1)}, or do not record it yet`,
  }) as const;

export const ready: JourneyForm = {
  path: 'ready',
  about: 'journey',
  use: 'declare-ready',
  title: () => 'Ready to leave hospital',
  lead: () => ['All three have to be so.'],
  fields: (subject) => [
    statement('clinicalDecision', 'The clinician', 'A clinician decided that the person is ready'),
    statement('teamDecision', 'The multidisciplinary team', 'The multidisciplinary team decided so'),
    statement('safeToTransfer', 'Safety', 'It is safe to leave'),
    ...whenFields('Since when?', subject.now, admittedAt(subject)),
  ],
  prefill: () => whenNow,
  body: (answers, subject) => ({
    ...onStay(subject),
    clinicalDecision: true,
    teamDecision: true,
    safeToTransfer: true,
    ...moment(answers),
  }),
  button: 'Record that they are ready',
  done: 'ready',
};

export const notReady: JourneyForm = {
  path: 'not-ready',
  about: 'journey',
  use: 'withdraw-readiness',
  title: () => 'No longer ready to leave hospital',
  lead: () => ['The ward stays responsible, and a team that accepted for the discharge is told.'],
  fields: (subject) => [
    { kind: 'words', name: 'detail', label: 'Why?', rows: 3 },
    ...whenFields('Since when?', subject.now, admittedAt(subject)),
  ],
  prefill: () => whenNow,
  body: (answers, subject) => ({ ...onStay(subject), ...only(answers, 'detail'), ...moment(answers) }),
  button: 'Record it',
  done: 'not-ready',
};

export const discharge: JourneyForm = {
  path: 'discharge',
  about: 'journey',
  use: 'record-discharge',
  title: () => 'Record that the person left hospital',
  lead: () => [
    'A team that accepted for the discharge is responsible from then on. If you name a team that has not accepted, the record says that nobody has.',
  ],
  fields: (subject) => [
    {
      kind: 'choice',
      name: 'destination',
      label: 'Where to?',
      missing: 'Select where to',
      options: optionsOf(
        dischargeDestinations.filter((to) => to !== 'died'),
        destinationWords,
      ),
    },
    {
      kind: 'list',
      name: 'expectedReceiver',
      label: 'Which team receives the person?',
      hint: 'Leave it empty where nobody was named',
      options: receivers(subject),
    },
    ...whenFields('When was it?', subject.now, admittedAt(subject)),
  ],
  prefill: (subject) => {
    const accepted = subject.journey.handoffs.findLast(
      ({ status, asked }) => status === 'accepted' && asked.effect === 'atDischarge',
    );
    return { ...whenNow, ...(accepted && { expectedReceiver: accepted.to.team }) };
  },
  body: (answers, subject) => ({
    ...onStay(subject),
    journeyId: subject.journey.journeyId,
    ...only(answers, 'destination', 'expectedReceiver'),
    ...moment(answers),
  }),
  button: 'Record it',
  check: { title: 'Check before you record that the person left hospital' },
  done: 'discharged',
};

export const death: JourneyForm = {
  path: 'death',
  about: 'journey',
  use: 'record-death',
  title: () => 'Record a death',
  lead: () => ['Open offers stop, and every team that was asked reads: do not contact.'],
  fields: (subject) => [
    {
      kind: 'choice',
      name: 'place',
      label: 'Where?',
      missing: 'Select where',
      options: optionsOf(placesOfDeath, placeOfDeathWords),
    },
    ...whenFields('When was it?', subject.now),
  ],
  body: (answers, subject) => ({ ...personOf(subject), ...only(answers, 'place'), ...moment(answers) }),
  button: 'Record the death',
  check: { title: 'Check before you record the death' },
  done: 'died',
};

export const stayForms = [admission, transfer, ready, notReady, discharge, death] as const;
