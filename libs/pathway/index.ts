export * from './domain/codes.js';
export * from './domain/events.js';
