export * from './domain/codes.js';
export * from './domain/context.js';
export * from './domain/events.js';
export * from './domain/fields.js';
export * from './domain/handoff/state.js';
export * from './domain/record/mark.js';
export * from './domain/record/state.js';
export * from './domain/responsibility/state.js';
