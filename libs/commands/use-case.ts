import type { Decision, Instant, Precision, Role } from '#kernel';
import { Field } from './fields.js';

/** What every command may say: when it happened, if not now, and how exactly that is known. */
export abstract class Command {
  @Field.moment('When it happened, where that is not now', { optional: true })
  occurredAt?: Instant;

  @Field.choice(['day', 'minute', 'second'], 'How exactly the moment is known', { optional: true })
  precision?: Precision;
}

/**
 * A use case: the command that asks for it and the decision about it. There is one CQRS handler for all of them
 * (`execute.ts`): load, decide, append.
 */
export interface UseCase<C extends Command = Command, State = unknown, Context = unknown> {
  /** Also its address: `POST /api/commands/<name>`. */
  readonly name: string;
  readonly command: new () => C;
  readonly summary: string;
  /** Who may ask for it. */
  readonly roles: readonly Role[];
  /** Types of the events it may yield, for the catalogue and for the projector's readers. */
  readonly emits: readonly string[];
  /** The stream that its events go to. New streams take their id from the command's id, so a repeat finds them. */
  stream(command: C, commandId: string): string;
  /** True where it begins that stream although the stream's id does not come from the command's id. */
  readonly opens?: true;
  /**
   * Streams whose single entries the decision needs to see, such as the one it puts right. They are handed in as
   * `context.recorded` and not folded into the state; where it says nothing, that list is empty.
   */
  reads?(command: C): readonly string[];
  /** Pure. */
  decide(command: C, state: State, context: Context): Decision;
}

/** Keeps the types of one use case while letting lists hold different ones. */
export const defineUseCase = <C extends Command, State, Context>(
  useCase: UseCase<C, State, Context>,
): UseCase<C, State, Context> => useCase;
