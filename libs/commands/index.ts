export * from './fields.js';
export * from './use-case.js';
