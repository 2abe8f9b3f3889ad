import { Inject, type Type } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { metaOf, type Command, type CommandAnswer, type Executor, type UseCase } from '#commands';
import { EXECUTOR } from '../tokens.js';

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
