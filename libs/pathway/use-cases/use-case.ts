import { defineUseCase, type Command, type UseCase } from '#commands';
import type { Context } from '../domain/context.js';
import type { PersonRecord } from '../domain/record/state.js';

/** A use case decided on a person's record. */
export const pathwayUseCase = <C extends Command>(useCase: UseCase<C, PersonRecord, Context>) => defineUseCase(useCase);
