import type { Subject } from '../record/subject.js';

/** What of a journey can be read through and taken along on paper. */
export function papersOf({ journey }: Subject): readonly { readonly href: string; readonly text: string }[] {
  const to = (path: string, text: string) => ({ href: `/journeys/${journey.journeyId}/${path}`, text });
  return [to('story', 'What happened, in plain words')];
}
