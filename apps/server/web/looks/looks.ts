/** Who looked at a record, in words: on the page of a journey, and of entries that were on the wrong one. */
import type { AccessEntry } from '#access';
import type { Instant, Purpose, RecordedEvent, Role } from '#kernel';
import { roleWords } from '#web';
import type { Engine } from '../../engine.js';
import { organisationName } from '../pages.js';
import { staffName } from '../record/responsible.view.js';

export interface Look {
  readonly at: Instant;
  readonly staff: string;
  /** Name where it is known, else the pseudonymous id. */
  readonly who: string;
  readonly role: string;
  readonly organisation: string;
  readonly organisationId: string;
  /** What was seen, found or refused, and on which page. */
  readonly what: string;
  readonly purpose: string;
}

/** More than these are never asked for at once. */
const MOST = 5_000;

export class Looks {
  constructor(private readonly engine: Engine) {}

  /** At one journey of this person, and at the person on lists and in searches; the newest first. */
  async at(personId: string, journeyId: string): Promise<readonly Look[]> {
    const entries = await this.engine.whoViewed.of(personId, MOST);
    return entries.filter(({ journey }) => journey === undefined || journey === journeyId).map(lookOf);
  }

  /** Times that a page was shown which could hold this entry: it went at least as far in the log. */
  async since(personId: string, first: RecordedEvent): Promise<readonly Look[]> {
    const entries = await this.engine.whoViewed.of(personId, MOST);
    return entries.filter((entry) => shows(entry) && this.reaches(entry, first)).map(lookOf);
  }

  /** Stores that do not count say where a page ended. A page that says neither showed who somebody is, and no entry. */
  private reaches({ ordinal = 0, position }: AccessEntry, first: RecordedEvent): boolean {
    if (ordinal > 0 && first.ordinal > 0) return ordinal >= first.ordinal;
    return position !== undefined && this.engine.store.comparePositions(position, first.position) >= 0;
  }
}

const shows = ({ what }: AccessEntry): boolean => what === 'RecordViewed' || what === 'FigureOpened';

function lookOf({ at, what, page, staff, role, organisation, purpose, answerLink }: AccessEntry): Look {
  return {
    at,
    staff,
    who: answerLink ? `By a one-use link, made by ${staffName(answerLink.issuedBy)}` : staffName(staff),
    role: roleWords[role as Role],
    organisation: organisationName(organisation),
    organisationId: organisation,
    what: `${whatWords[what] ?? 'Looked'}: ${pageWords(page)}`,
    purpose: purposeWords[purpose as Purpose],
  };
}

const whatWords: Readonly<Record<string, string>> = {
  RecordViewed: 'Saw',
  RecordSearched: 'Found by a search',
  FigureOpened: 'Opened a figure',
  AccessRefused: 'Asked and was not shown',
  EmergencyAccessOpened: 'Opened in an emergency',
  EmergencyAccessEnded: 'Ended emergency access',
  EmergencyAccessReviewed: 'Reviewed emergency access',
};

const purposeWords: Readonly<Record<Purpose, string>> = {
  directCare: 'Care of the person',
  emergency: 'An emergency',
  import: 'Taking in records',
  simulation: 'Demonstration',
  evaluation: 'Evaluation',
  audit: 'Audit',
  administration: 'Administration',
};

/** By the beginning of the route; the longest that fits. */
const pages: readonly (readonly [string, string])[] = [
  ['/journeys/:journeyId/handovers/:handoffId/', 'a form of a handover'],
  ['/journeys/:journeyId/handovers/', 'a handover'],
  ['/journeys/:journeyId/entries/', 'an entry of the journey'],
  ['/journeys/:journeyId/moves/', 'entries that were moved'],
  ['/journeys/:journeyId/access', 'who looked at this record'],
  ['/journeys/:journeyId/', 'a form of the journey'],
  ['/journeys/:journeyId', 'the journey'],
  ['/referrals', 'taking a referral'],
  ['/answer/', 'an offer, to answer it'],
  ['/find', 'finding somebody'],
  ['/worklist', 'the worklist'],
  ['/metrics', 'the people behind a figure'],
  ['/pilots', 'a list of the pilot'],
  ['/api', 'another program'],
];

const pageWords = (route: string): string => pages.find(([begins]) => route.startsWith(begins))?.[1] ?? 'another page';
