import { Inject, type Type } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { CommandAnswer } from './answer.js';
import type { Executor } from './execute.js';
import { metaOf } from './meta.js';
import type { Command, UseCase } from './use-case.js';

export const EXECUTOR = Symbol('Executor');

/** Handlers for `@nestjs/cqrs`, one a use case; they differ in nothing but the command. */
export const commandHandlers = (useCases: readonly UseCase[]): readonly Type<ICommandHandler>[] =>
  useCases.map(({ command }) => {
    @CommandHandler(command)
    class Handler implements ICommandHandler<Command, CommandAnswer> {
      constructor(@Inject(EXECUTOR) private readonly executor: Executor) {}

      execute(command: Command): Promise<CommandAnswer> {
        return this.executor.execute(command, metaOf(command));
      }
    }
    return Object.defineProperty(Handler, 'name', { value: `${command.name}Handler` });
  });
