/**
 * The words on screens for the codes of the pathway. Code keeps the standard terms, screens the field's own (DESIGN 8,
 * words; the dated names of programmes and teams are data of the pilots).
 */
import * as codes from './glossary/codes.js';
import * as states from './glossary/states.js';
import * as telling from './glossary/telling.js';

/** `glossary.handoffStatus.acknowledged` */
export const glossary = { ...codes, ...telling, ...states } as const;
