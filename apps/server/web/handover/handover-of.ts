import { handoffOf, type Handoff } from '#pathway';
import type { Subject } from '../record/subject.js';
import { notFound } from '../visitor.js';

/** The handover, where this visitor may see it. @throws Problem not-found */
export function handoverOf({ journey, part }: Subject, handoffId: string): Handoff {
  const found = handoffOf(journey, handoffId);
  if (!found || (part.kind === 'offers' && !part.handoffs.includes(found))) throw notFound();
  return found;
}
