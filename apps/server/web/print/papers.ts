import type { Subject } from '../record/subject.js';
import { cardPage } from './card.view.js';

/** What of a journey can be read through and taken along on paper. */
export function papersOf(subject: Subject): readonly { readonly href: string; readonly text: string }[] {
  const to = (path: string, text: string) => ({ href: `/journeys/${subject.journey.journeyId}/${path}`, text });
  return [
    to('story', 'What happened, in plain words'),
    ...(cardPage(subject) ? [to('card', 'Card for the person: who looks after them, whom to ring')] : []),
  ];
}
