/** What moves, and where it can go. */
import { isDeath, isOfReferral, stayThatGoesOn, whatHangsOn, whatHangsOnOwn } from '#pathway';
import type { RecordedEvent } from '#kernel';
import { dateAndTime, longDate, type Field, type Option } from '#web';
import type { Match } from '../referral/matches.js';
import type { Subject } from '../record/subject.js';
import { entryTitle } from '../record/timeline.view.js';

export interface Going {
  readonly entries: readonly RecordedEvent[];
  /** The referral goes, and the journey with it: on the other record it begins a journey. */
  readonly whole: boolean;
  /** A stay or a death: it is on no journey, but the person's own. Also where nothing is left to move. */
  readonly own: boolean;
  /** A death goes, and this record goes on without it. */
  readonly dies: boolean;
  /** The stay that the death ended goes on here. */
  readonly staysOn: boolean;
}

/** The entry with all that hangs on it, as it stands; empty where it was moved or taken back. */
export function goingWith({ entries, effective, journey, record }: Subject, entryId: string): Going {
  const own = entries.some(({ eventId, stream }) => eventId === entryId && stream.startsWith('person-'));
  const here = entries.filter(({ stream }) => (own ? stream.startsWith('person-') : stream === `journey-${journey.journeyId}`));
  const meant = own ? whatHangsOnOwn(entryId, here) : whatHangsOn(entryId, here);
  const going = meant.flatMap(({ eventId }) => effective.get(eventId) ?? []);
  return {
    entries: going,
    whole: going.some(isOfReferral),
    own,
    dies: going.some(isDeath),
    staysOn: stayThatGoesOn(going, record) !== undefined,
  };
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

function placesOf(match: Match, { whole, own }: Going, { record, journey }: Subject): readonly Option[] {
  const { personId } = match;
  if (own && personId === record.personId) return [];
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

/** What somebody has to say before a death leaves a record: nothing else makes it go on (scenario 4). */
export const aliveFields = ({ dies }: Going, name: string): readonly Field[] =>
  dies
    ? [
        {
          kind: 'confirm',
          name: 'alive',
          label: 'Who is alive',
          statement: `Somebody has made sure that ${name} on this record is alive`,
          missing: `Say that ${name} on this record is alive, once somebody has made sure`,
        },
      ]
    : [];

export const choiceFields = (options: readonly Option[]): readonly Field[] => [
  { kind: 'choice', name: 'to', label: 'Where does it belong?', missing: 'Select where it belongs', options },
  { kind: 'words', name: 'detail', label: 'How it came onto the wrong record', rows: 3, max: 4000 },
];
