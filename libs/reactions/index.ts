export { DeadlineRunner, type DeadlineRunnerOptions, type DeadlineStatus } from './deadlines/runner.js';
export { planAt, type DueReaction, type Plan } from './deadlines/plan.js';
export { keptOfLeases, Lease, type LeaseOptions } from './lease.js';
export { keptOfBox } from './outbox/box-tables.js';
export { outboxSummary, type OutboxSummary, type Undelivered } from './outbox/box.js';
export { Outbox, type OutboxOptions, type OutboxStatus } from './outbox/outbox.js';
export { readSubscriptions, SubscriptionsError, type Subscription } from './outbox/subscriptions.js';
