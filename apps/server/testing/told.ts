/** A journey's story, as a role reads it at some moment. */
import type { PersonaId } from '#access';
import { at, person, type Entry } from '../../../test/support/history.js';
import { subjectOf } from '../../../test/support/subject.js';
import { storyPage, type StoryPage } from '../web/story/story.view.js';

export const she = person('Mrs Smith');
export const registered = she.lived('PersonRegistered', { sex: 'female', birthYear: 1925 }, '2011-02-01 09:00');
export const referred = [registered, ...she.referred('2011-02-21 11:00')];

export const told = (history: readonly Entry[], now: string, persona: PersonaId = 'coordinator-torbay'): StoryPage =>
  storyPage(subjectOf(history, she.journey, persona, at(now)));
export const texts = ({ phases }: StoryPage) => phases.map(({ text }) => text);
