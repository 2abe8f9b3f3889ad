/** What moves, and where it can go. */
import { isOfReferral, whatHangsOn } from '#pathway';
import type { RecordedEvent } from '#kernel';
import { dateAndTime, longDate, type Field, type Option } from '#web';
import type { Match } from '../referral/matches.js';
import type { Subject } from '../record/subject.js';
import { entryTitle } from '../record/timeline.view.js';

export interface Going {
  readonly entries: readonly RecordedEvent[];
  /** The referral goes, and the journey with it: on the other record it begins a journey. */
  readonly whole: boolean;
}

/** The entry with all that hangs on it, as it stands; empty where it was moved or taken back. */
export function goingWith({ entries, effective, journey }: Subject, entryId: string): Going {
  const here = entries.filter(({ stream }) => stream === `journey-${journey.journeyId}`);
  const going = whatHangsOn(entryId, here).flatMap(({ eventId }) => effective.get(eventId) ?? []);
  return { entries: going, whole: going.some(isOfReferral) };
}

export const linesOf = (subject: Subject, entries: readonly RecordedEvent[]): readonly string[] =>
  entries.map((entry) => `${dateAndTime(entry.occurredAt)}: ${entryTitle(subject, entry)}`);

/** Instead of a journey: it begins there. Instead of a person: somebody who is not known yet. */
export const BEGINS = 'new';

export interface Target {
  readonly personId: string;
  /** Undefined where a journey begins there. */
  readonly journeyId: string | undefined;
}

export const targetIn = (value: string): Target => {
  const [personId = '', journeyId = ''] = value.split(':');
  return { personId, journeyId: journeyId === BEGINS ? undefined : journeyId };
};

export const isNew = ({ personId }: Target): boolean => personId === BEGINS;

/** Only a referral begins a journey, so only with one can somebody new be registered here. */
export const newPlace = ({ whole }: Going): readonly Option[] =>
  whole
    ? [
        {
          value: `${BEGINS}:${BEGINS}`,
          text: 'Somebody who is not known yet',
          hint: 'You register them, and the referral begins a journey on their record',
        },
      ]
    : [];

function placesOf(match: Match, { whole }: Going, { record, journey }: Subject): readonly Option[] {
  const { personId } = match;
  if (match.kind === 'elsewhere')
    return whole
      ? [
          {
            value: `${personId}:${BEGINS}`,
            text: 'The person known to another service: I rang them, and it is the same person',
          },
        ]
      : [];
  const text = `${match.person.name}${match.person.born ? `, born ${longDate(match.person.born)}` : ''}`;
  if (whole)
    return personId === record.personId
      ? []
      : [{ value: `${personId}:${BEGINS}`, text, hint: 'The referral begins a journey on this record' }];
  return match.kind === 'noJourney'
    ? []
    : match.journeys
        .filter(({ journeyId }) => journeyId !== journey.journeyId)
        .map(({ journeyId, title, status, responsible }) => ({
          value: `${personId}:${journeyId}`,
          text,
          hint: `${title}: ${status}; ${responsible}`,
        }));
}

export const placesIn = (matches: readonly Match[], going: Going, subject: Subject): readonly Option[] =>
  matches.flatMap((match) => placesOf(match, going, subject));

export const choiceFields = (options: readonly Option[]): readonly Field[] => [
  { kind: 'choice', name: 'to', label: 'Where does it belong?', missing: 'Select where it belongs', options },
  { kind: 'words', name: 'detail', label: 'How it came onto the wrong record', rows: 3, max: 4000 },
];
