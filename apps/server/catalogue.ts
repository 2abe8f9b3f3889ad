/** What this release knows, in one place: events, read models, use cases. A new one is added in its context's index. */
import type { UseCase } from '#commands';
import { EventRegistry } from '#kernel';
import { pathwayEvents, pathwayReadModels, pathwayUseCases } from '#pathway';
import { registerPerson } from '#people';
import { programmeEvents } from '#pilots';
import type { ReadModel } from '#projections';

export const eventRegistry = (): EventRegistry => new EventRegistry([...pathwayEvents, ...programmeEvents]);

export const readModels: readonly ReadModel[] = pathwayReadModels;

/** Lists hold use cases of different states; the executor hands each the record that it was folded for. */
export const useCases: readonly UseCase[] = [registerPerson, ...pathwayUseCases] as unknown as readonly UseCase[];
