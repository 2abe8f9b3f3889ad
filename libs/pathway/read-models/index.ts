/** Every read model of the pathway. A new one is a folder here and a line in this list. */
import type { ReadModel } from '#projections';
import { careModel } from './care/model.js';
import { deadlinesModel } from './deadlines/model.js';
import { handoffFactsModel } from './handoff-facts/model.js';
import { handoffsModel } from './handoffs/model.js';
import { journeysModel } from './journeys/model.js';
import { noticesModel } from './notices/model.js';
import { movesModel } from './moves/model.js';
import { ordersModel } from './orders/model.js';
import { programmeModel } from './programme/model.js';
import { staysModel } from './stays/model.js';
import { worklistModel } from './worklist/model.js';

export const pathwayReadModels = [
  journeysModel,
  handoffsModel,
  worklistModel,
  ordersModel,
  handoffFactsModel,
  staysModel,
  careModel,
  movesModel,
  programmeModel,
  deadlinesModel,
  noticesModel,
] as readonly ReadModel[];

export * from './care/queries.js';
export * from './deadlines/queries.js';
export { handoffFacts } from './handoff-facts/table.js';
export * from './handoffs/queries.js';
export { journeyStatuses, type JourneyStatus } from './journeys/model.js';
export * from './journeys/closed-teams.js';
export * from './journeys/queries.js';
export * from './journeys/unread.js';
export * from './notices/queries.js';
export * from './moves/queries.js';
export type { OrderOutcome } from './orders/model.js';
export * from './programme/queries.js';
export * from './scope.js';
export * from './stays/queries.js';
export { stays, staySources, type StaySource } from './stays/table.js';
export { worklistGroups, worklistKinds, type WorklistGroup, type WorklistKind } from './worklist/item.js';
export type { OrderState } from './worklist/orders.js';
export * from './worklist/queries.js';
export * from './worklist/changes.js';
