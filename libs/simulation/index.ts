export { EVENTS_A_JOURNEY, programme, PROGRAMME_BEGINS, PROGRAMME_NOW, type ProgrammeOptions } from './programme.js';
export type { Step } from './script.js';
