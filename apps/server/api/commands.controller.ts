import { Controller, HttpCode, Inject, Param, Post, Req, Res, type Type } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiExcludeEndpoint, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { commandFrom, Problem, Refused, withMeta, type CommandAnswer, type UseCase } from '#commands';
import type { Engine } from '../engine.js';
import type { Measures } from '../operations/measures.js';
import type { SignedInRequest } from '../security/principal.js';
import { ENGINE, MEASURES } from '../tokens.js';
import { accessBy, purposeOf } from './access.js';
import { documentCommand } from './command-docs.js';
import { commandIdFrom, etagOf, isId, revisionFrom } from './headers.js';

/** `POST /api/commands/<name>` for every use case, out of the one list. */
export function commandsController(useCases: readonly UseCase[]): Type {
  @ApiTags('commands')
  @ApiBearerAuth()
  @Controller('api/commands')
  class CommandsController {
    constructor(
      @Inject(CommandBus) private readonly bus: CommandBus,
      @Inject(ENGINE) private readonly engine: Engine,
      @Inject(MEASURES) private readonly measures: Measures,
    ) {}

    @Post(':name')
    @ApiExcludeEndpoint()
    unknown(@Param('name') _name: string): never {
      throw new Problem('unknown-command', 'The commands are listed at /api/openapi.json.');
    }

    async run(useCase: UseCase, request: SignedInRequest, reply: FastifyReply): Promise<CommandAnswer> {
      const command = useCase.name;
      try {
        const answer = await this.send(useCase, request);
        this.measures.commands.inc({ command, outcome: answer.repeated ? 'repeated' : 'done' });
        void reply.header('etag', etagOf(answer.revision));
        return answer;
      } catch (error) {
        const outcome = error instanceof Problem || error instanceof Refused ? error.code : 'internal-error';
        this.measures.commands.inc({ command, outcome });
        if (outcome === 'not-found' || outcome === 'role-not-allowed') await this.noteRefusal(outcome, request);
        throw error;
      }
    }

    private async send(useCase: UseCase, { principal, headers, body, id }: SignedInRequest): Promise<CommandAnswer> {
      if (!headers['content-type']?.toLowerCase().startsWith('application/json')) {
        throw new Problem('unsupported-media-type', 'Commands are JSON.');
      }
      const { actor, teams } = principal;
      const commandId = commandIdFrom(headers['idempotency-key'], actor);
      const ifRevision = revisionFrom(headers['if-match']);
      const command = withMeta(commandFrom(useCase.command, body), {
        commandId,
        actor,
        teams,
        purpose: purposeOf[actor.role],
        source: 'api',
        correlationId: id,
        ...(ifRevision !== undefined && { ifRevision }),
      });
      return this.bus.execute<typeof command, CommandAnswer>(command);
    }

    /** Durable before the refusal is told (DESIGN 7). */
    private noteRefusal(code: string, request: SignedInRequest): Promise<void> {
      const { journeyId, personId } = (request.body ?? {}) as Record<string, unknown>;
      return this.engine.accessLog.refused({
        ...accessBy(request),
        code,
        ...(isId(journeyId) && { journey: journeyId }),
        ...(isId(personId) && { people: [personId] }),
      });
    }
  }

  const prototype = CommandsController.prototype as unknown as Record<string, unknown>;
  for (const useCase of useCases) {
    const method = `command:${useCase.name}`;
    prototype[method] = function (this: CommandsController, request: SignedInRequest, reply: FastifyReply) {
      return this.run(useCase, request, reply);
    };
    const descriptor = Object.getOwnPropertyDescriptor(prototype, method)!;
    Post(useCase.name)(prototype, method, descriptor);
    HttpCode(200)(prototype, method, descriptor);
    Req()(prototype, method, 0);
    Res({ passthrough: true })(prototype, method, 1);
    documentCommand(useCase)(prototype, method, descriptor);
  }
  return CommandsController;
}
