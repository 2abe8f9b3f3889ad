/** Something ordered that has not come, as the worklist and tonight's gaps say it. */
import { civilDate } from '#kernel';
import type { OrderState, WorklistItem } from '#pathway';
import { inSentence, longDate, orderKindWords } from '#web';
import type { TeamView } from '../record/teams.js';

export interface OrderOnList {
  /** In the words of whoever ordered it. */
  readonly what: string;
  /** From whom: their words, with the telephone in them apart so that it can be rung; null where nobody wrote it. */
  readonly supplier: { readonly before: string; readonly telephone: string; readonly after: string } | null;
}

/** Opens sealed words of a person. */
export type ReadWords = (person: string, sealed: string) => string;

export function orderOnList({ person, what, supplier }: WorklistItem, read: ReadWords): OrderOnList | null {
  if (what === null) return null;
  return { what: read(person, what), supplier: supplier === null ? null : telephoneIn(read(person, supplier)) };
}

/** The supplier is one field of free text: ten or eleven digits that begin as British numbers do are taken for one. */
const TELEPHONE = /(?:\+44 ?|\b0)\d(?:[ -]?\d){8,9}(?!\d)/u;

export function telephoneIn(text: string): NonNullable<OrderOnList['supplier']> {
  const found = TELEPHONE.exec(text);
  if (!found) return { before: text, telephone: '', after: '' };
  const [telephone] = found;
  return { before: text.slice(0, found.index), telephone, after: text.slice(found.index + telephone.length) };
}

/** One sentence; the words of the order stand below it. */
export function orderWords(item: WorklistItem, orderedBy: TeamView | null): string {
  const kind = orderKindWords[item.order_kind ?? 'equipment'];
  const thing = orderedBy ? `${kind}, ordered by ${orderedBy.name},` : kind;
  const day = longDate(civilDate(item.due));
  const words: Readonly<Record<OrderState, string>> = {
    promised: `${thing} to come by ${day}.`,
    undated: `${thing} to come, and no day has been promised: ask for one.`,
    late: `Late: ${inSentence(thing)} promised by ${day} and not come.`,
    notCome: `${thing} did not come, and no other day has been promised: ask for one.`,
    toCancel: `The person has died: cancel ${inSentence(thing)} still to come.`,
  };
  return words[item.state as OrderState];
}
