export { backoffMs, pause } from './backoff.js';
export * from './definition.js';
export { asKnown, type AsKnownOptions } from './sql.js';
export {
  ReadModelReader,
  incompleteSubjects,
  ReadModelsNotReadyError,
  type Incomplete,
  type Params,
  type ReadModelReaderOptions,
  type Rows,
} from './reader.js';
export { rebuild, type Rebuilt, type RebuildOptions } from './rebuild.js';
export {
  NothingToVerifyError,
  verifyReadModels,
  type Difference,
  type Verification,
  type VerifyOptions,
} from './verify.js';
export { ProjectorBusyError } from './generations.js';
export type { Progress } from './bulk.js';
export type { HelperSetup } from './bulk-helper.js';
export { startProjector, type ProjectorHandle, type ProjectorOptions, type ProjectorStatus } from './projector.js';
export { ProjectionRunner, type RunnerOptions } from './runner.js';
export type { ProjectorSetup } from './thread.js';
export type * from './messages.js';
export { measureReading, measureRebuild, type Resident } from './bench/rebuild.js';
export { benchMetric, type FactVersion, type MetricBenchOptions, type MetricFigures } from './bench/metric.js';
