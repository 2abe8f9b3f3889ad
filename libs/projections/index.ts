export { backoffMs, pause } from './backoff.js';
export * from './definition.js';
export { asKnown, inList, listRows, type AsKnownOptions } from './sql.js';
export { incompleteSubjects, ReadModelReader, type Answered, type Incomplete, type ReadModelReaderOptions } from './reader.js';
export { ReadModelsNotReadyError, ReadModelsUnavailableError, type Params, type Rows } from './read-store.js';
export type { ReadModelsPlace } from './place.js';
export { lookAtReadModels, type ProjectorLook, type ReadModelsLook } from './postgres/look.js';
export type { PostgresPlace } from './postgres/place.js';
export { rebuild, type Rebuilt, type RebuildOptions, type RebuildPlan } from './rebuild.js';
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
export { joinProjection, type JoinOptions } from './join.js';
export { startProjector, type Projector, type ProjectorHandle, type ProjectorOptions, type ProjectorStatus } from './projector.js';
export { OF_ANOTHER_RELEASE, ProjectionRunner, type RunnerOptions } from './runner.js';
export type { ProjectorSetup } from './thread.js';
export type * from './messages.js';
export { measureBareRows } from './bench/bare-rows.js';
export { measureReading, measureRebuild, type Resident } from './bench/rebuild.js';
export { benchMetric, type FactVersion, type MetricBenchOptions, type MetricFigures } from './bench/metric.js';
