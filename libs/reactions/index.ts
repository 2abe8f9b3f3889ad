export { DeadlineRunner, type DeadlineRunnerOptions, type DeadlineStatus } from './deadlines/runner.js';
export { planAt, type DueReaction, type Plan } from './deadlines/plan.js';
export { Lease, type LeaseOptions } from './lease.js';
