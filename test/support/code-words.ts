/** Words of the code that no screen may say: people read the words of the glossary (SCENARIOS, DESIGN 8). */
import { pathwayEvents } from '#pathway';
import { dated } from '../../scripts/glossary.js';

/** `handoff` and `handoffs`, `lapsed` and `lapses`. */
const terms = new RegExp(`\\b(?:${dated.map(({ code }) => code.replace(/d$/, '')).join('|')})\\w*`, 'gi');
/** `noneKnown`, `careHome`: a code that stands where its words should. */
const codes = /\b[a-z]+[A-Z]\w*/g;
/** `HandoffOffered`; `Admitted` is a word of the ward too. */
const names = pathwayEvents.map(({ type }) => type).filter((type) => /.[A-Z]/.test(type));
const events = new RegExp(`\\b(?:${names.join('|')})\\b`, 'g');

export const codeWordsIn = (text: string): readonly string[] => [
  ...new Set([terms, codes, events].flatMap((pattern) => [...text.matchAll(pattern)].map(([word]) => word))),
];
