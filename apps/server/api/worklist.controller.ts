import { Controller, Get, Inject, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { worklist, worklistGroups, type WorklistGroup } from '#pathway';
import type { Engine } from '../engine.js';
import { servedFrom } from '../served.js';
import type { SignedInRequest } from '../security/principal.js';
import { ENGINE } from '../tokens.js';
import { accessBy, require } from './access.js';
import { Asked, count, DocumentQuery, freshFields, minPosition, waitFor } from './query.js';

const parameters = {
  group: { type: 'string', enum: [...worklistGroups], description: 'Only this group' },
  offset: count(1_000_000, 'Items to leave out'),
  limit: { ...count(100, 'Items at most; 50 when absent'), minimum: 1 },
  minPosition,
} as const;

interface WorklistQuery {
  readonly group?: WorklistGroup;
  readonly offset?: number;
  readonly limit?: number;
  readonly minPosition?: string;
}

@ApiTags('queries')
@Controller('api/worklist')
export class WorklistController {
  constructor(@Inject(ENGINE) private readonly engine: Engine) {}

  @Get()
  @DocumentQuery({
    id: 'worklist',
    summary: 'What waits for your teams, in the order in which it should be worked through',
    parameters,
    answer: {
      groups: {
        type: 'array',
        items: { type: 'object', properties: { group: { type: 'string' }, count: { type: 'integer' } } },
      },
      total: { type: 'integer' },
      items: { type: 'array', items: { type: 'object', additionalProperties: true } },
    },
  })
  async list(@Req() request: SignedInRequest, @Asked(parameters) asked: WorklistQuery) {
    const { actor, teams } = await require(this.engine, request, 'worklist');
    const { group, offset, limit } = asked;
    await waitFor(this.engine, asked.minPosition);
    const { value: found, ...answered } = await this.engine.reader.withFreshness(
      (rows) =>
        worklist(rows, {
          teams,
          organisation: actor.organisation,
          now: this.engine.clock.now(),
          ...(group && { group }),
          ...(offset !== undefined && { offset }),
          ...(limit !== undefined && { limit }),
        }),
      ['worklist'],
    );
    const people = [...new Set(found.items.map(({ person }) => person))];
    if (people.length > 0) {
      const served = servedFrom('worklist', answered);
      await this.engine.accessLog.viewed({ ...accessBy(request), people, shown: 'pseudonymous', served });
    }
    // The words of an order are read on the journey itself: nothing here says who it is, and free text may.
    return {
      ...found,
      ...freshFields(answered.freshness),
      items: found.items.map(({ what: _, supplier: __, ...item }) => item),
    };
  }
}
