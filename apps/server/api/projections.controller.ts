import { Controller, Get, Inject, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { incompleteSubjects, ReadModelsNotReadyError } from '#projections';
import type { Engine } from '../engine.js';
import type { SignedInRequest } from '../security/principal.js';
import { ENGINE } from '../tokens.js';
import { require } from './access.js';
import { Asked, DocumentQuery, freshFields } from './query.js';

const none = {} as const;

@ApiTags('queries')
@Controller('api/projections')
export class ProjectionsController {
  constructor(@Inject(ENGINE) private readonly engine: Engine) {}

  @Get()
  @DocumentQuery({
    id: 'projections',
    summary: 'How far the read models are: each generation, its progress, and what may be incomplete',
    parameters: none,
    answer: {
      state: { type: 'string', enum: ['starting', 'running', 'restarting', 'stopped', 'elsewhere'] },
      generations: { type: 'array', items: { type: 'object', additionalProperties: true } },
      incomplete: { type: 'array', items: { type: 'object', additionalProperties: true } },
    },
  })
  async status(@Req() request: SignedInRequest, @Asked(none) _asked: object) {
    await require(this.engine, request, 'status');
    const { projector, reader } = this.engine;
    const { state, problem, generations } = projector?.status() ?? {
      state: 'elsewhere' as const,
      problem: undefined,
      generations: [],
    };
    const common = { state, ...(problem !== undefined && { problem }), generations };
    try {
      const { value: incomplete, freshness } = await reader.withFreshness((rows) => incompleteSubjects(rows));
      return { ...common, incomplete, ...freshFields(freshness) };
    } catch (error) {
      if (!(error instanceof ReadModelsNotReadyError)) throw error;
      return {
        ...common,
        incomplete: [],
        eventsBehind: 0,
        freshness: { ordinal: 0, status: 'catchingUp', incomplete: 0 },
      };
    }
  }
}
