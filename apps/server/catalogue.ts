/**
 * What this release knows, in one place: events and read models here, use cases in use-cases.ts. A new one is added in
 * its context's index.
 */
import { EventRegistry } from '#kernel';
import { pathwayEvents, pathwayReadModels } from '#pathway';
import { programmeEvents } from '#pilots';
import type { ReadModel } from '#projections';

export const eventRegistry = (): EventRegistry => new EventRegistry([...pathwayEvents, ...programmeEvents]);

export const readModels: readonly ReadModel[] = pathwayReadModels;
