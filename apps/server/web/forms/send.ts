import type { CommandBus } from '@nestjs/cqrs';
import type { Principal } from '#access';
import { commandFrom, Problem, problems, Refused, withMeta, type CommandAnswer } from '#commands';
import { anchorOf, type Field, type FieldProblem } from '#web';
import { purposeOf } from '../../api/access.js';
import type { Engine } from '../../engine.js';
import type { PageRequest } from '../visitor.js';

export interface Asked {
  /** Name of the use case. */
  readonly use: string;
  readonly body: object;
  /** Made when the form was first shown: sent twice, it happens once. */
  readonly commandId: string;
  /** By stream, the last entry that was known when it was decided; not checked for a stream that is not in it. */
  readonly decidedOn?: ReadonlyMap<string, number>;
  /** Only whether it would be refused: nothing is written. */
  readonly dryRun?: true;
}

/** What pages ask for goes the way that everything goes: through the command bus (DESIGN 3). */
export class Commands {
  constructor(
    private readonly engine: Engine,
    private readonly bus: CommandBus,
  ) {}

  /** @throws Problem, Refused */
  send({ visitor, id }: PageRequest, asked: Asked): Promise<CommandAnswer> {
    return this.sendAs(visitor.session.principal, id, asked);
  }

  /** @throws Problem, Refused */
  async sendAs(
    { actor, teams }: Pick<Principal, 'actor' | 'teams'>,
    correlationId: string,
    { use, body, commandId, decidedOn, dryRun }: Asked,
  ): Promise<CommandAnswer> {
    const useCase = this.engine.useCases.find(({ name }) => name === use);
    if (!useCase) throw new Problem('unknown-command', `There is no use case ${use}.`);
    const asked = commandFrom(useCase.command, body);
    const ifRevision = decidedOn?.get(useCase.stream(asked, commandId));
    const command = withMeta(asked, {
      commandId,
      actor,
      teams,
      purpose: purposeOf[actor.role],
      source: 'web',
      correlationId,
      ...(ifRevision !== undefined && { ifRevision }),
      ...(dryRun && { dryRun }),
    });
    return this.bus.execute<typeof command, CommandAnswer>(command);
  }
}

const alreadySent = 'This form was sent once already, with other answers. Open it again to record something else.';

/**
 * What went wrong, for the top of the form that was sent; undefined where another page has to say it. Every line
 * says what to do next.
 *
 * @param fields those of the form
 */
export function formProblems(error: unknown, fields: readonly Field[]): readonly FieldProblem[] | undefined {
  if (error instanceof Refused) return [{ text: error.detail }];
  if (!(error instanceof Problem)) return undefined;
  switch (error.code) {
    case 'invalid-fields':
      return (error.more.errors ?? []).map(({ pointer, detail }) => {
        const name = pointer.slice(1).split('/', 1)[0]!;
        const field = fields.find((asked) => asked.name === name);
        if (!field) return { text: `One of the answers ${detail}.` };
        return { text: `${field.summary ?? field.label}: ${detail}`, field: anchorOf(field) };
      });
    case 'key-reused':
      return [{ text: alreadySent }];
    case 'stale':
    case 'busy':
      return [
        { text: 'Somebody else changed this record at the same moment. Nothing was changed by you: send it again.' },
      ];
    case 'store-unavailable':
      return [
        {
          text: `${problems[error.code].title}: nothing is lost. Send it again in a moment; it will not happen twice.`,
        },
      ];
    default:
      return undefined;
  }
}
