/** Apart from catalogue.ts, because threads of projections have no commands and load none. */
import type { UseCase } from '#commands';
import { pathwayUseCases } from '#pathway';
import { registerPerson } from '#people';

/** Lists hold use cases of different states; the executor hands each the record that it was folded for. */
export const useCases: readonly UseCase[] = [registerPerson, ...pathwayUseCases] as unknown as readonly UseCase[];
