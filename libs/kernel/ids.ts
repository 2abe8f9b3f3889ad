import { v5 } from 'uuid';

/** Namespace of all ids that Throughcare derives (DESIGN 4): a repeat derives the same ones. */
const NAMESPACE = '6f0ac2e1-3b5f-5d0e-9a53-0d1f4f6b2c77';

/** A UUIDv5 of the parts; the separator cannot occur in an id. */
export const deriveId = (...parts: readonly (string | number)[]): string => v5(parts.join('\u001f'), NAMESPACE);

/** The id of the index-th event of a command. */
export const eventIdOf = (commandId: string, index: number): string => deriveId('event', commandId, index);

export const journeyStream = (journeyId: string): string => `journey-${journeyId}`;
export const personStream = (personId: string): string => `person-${personId}`;
export const pilotStream = (pilotId: string): string => `pilot-${pilotId}`;
/** `journey-9f…` → `9f…` */
export const idOfStream = (stream: string): string => stream.slice(stream.indexOf('-') + 1);
