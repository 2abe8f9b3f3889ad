export type { CommandAnswer } from './answer.js';
export { Executor, type ExecutorOptions, type Secrets } from './execute.js';
export * from './fields.js';
export { metaOf, withMeta, type CommandMeta } from './meta.js';
export { commandHandlers, EXECUTOR } from './nest.js';
export { invalidFields, Problem, problems, Refused, type FieldError, type ProblemCode } from './problem.js';
export type { FoldedRecord, RecordFold } from './record.js';
export * from './use-case.js';
export { commandFrom, explainBody, type CommandClass } from './validate.js';
