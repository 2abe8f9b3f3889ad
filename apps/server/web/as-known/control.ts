import { addressOf, momentsOf, momentWords } from './moments.js';
import type { Subject } from '../record/subject.js';

/** Goes from moment to moment: a list and two links, and a slider over the list where scripts run. */
export interface MomentControl {
  readonly action: string;
  /** In order of recording. */
  readonly options: readonly { readonly value: string; readonly text: string; readonly selected: boolean }[];
  readonly selected: number;
  readonly previous: string | null;
  /** Null at the last moment. */
  readonly next: string | null;
}

/** A page of a journey that can be looked at as it was known then. */
export interface KnownPage {
  readonly what: 'journey' | 'story' | 'handover';
  /** Under the address of the journey, such as `/story`; nothing for the journey itself. */
  readonly path: string;
  /** The first moment at which there is something to show. */
  readonly first: number;
}

export const theJourney: KnownPage = { what: 'journey', path: '', first: 0 };

/**
 * @param subject as it is known now
 * @param shown which moment the page shows; the last on the page of now
 */
export function momentControl(subject: Subject, shown?: number, page: KnownPage = theJourney): MomentControl {
  const moments = momentsOf(subject).slice(page.first);
  const action = `/journeys/${subject.journey.journeyId}${page.path}`;
  const selected = shown === undefined ? moments.length - 1 : shown - page.first;
  const to = (index: number): string | null => {
    const moment = moments[index];
    return moment ? `${action}?knownAt=${addressOf(moment)}#known` : null;
  };
  return {
    action: `${action}#known`,
    options: moments.map((moment, index) => ({
      value: addressOf(moment),
      text: momentWords(subject, moment),
      selected: index === selected,
    })),
    selected,
    previous: to(selected - 1),
    next: to(selected + 1),
  };
}
