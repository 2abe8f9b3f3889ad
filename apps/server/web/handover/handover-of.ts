import { handoffOf, type Handoff } from '#pathway';
import type { Subject } from '../record/subject.js';
import { notFound } from '../visitor.js';

/** The handover as this visitor may see it; undefined where they may not. */
export const handoverShown = ({ journey, part }: Subject, handoffId: string): Handoff | undefined =>
  part.kind === 'offers'
    ? part.handoffs.find((shown) => shown.handoffId === handoffId)
    : handoffOf(journey, handoffId);

/** The same. @throws Problem not-found */
export function handoverOf(subject: Subject, handoffId: string): Handoff {
  const found = handoverShown(subject, handoffId);
  if (!found) throw notFound();
  return found;
}
