import { Controller, Get, Inject, Param, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Problem } from '#commands';
import { metricDefinition, metricDefinitions, type MetricDefinition, type MetricScope } from '#metrics';
import type { Engine } from '../engine.js';
import type { SignedInRequest } from '../security/principal.js';
import { ENGINE } from '../tokens.js';
import { require } from './access.js';
import { answer, Asked, day, DocumentQuery, knownAt, minPosition, ordinalOf, ref } from './query.js';

const parameters = {
  pilot: ref('Of this pilot'),
  scope: {
    type: 'string',
    pattern: '^(imported|all|pilot:[a-z0-9-]{1,80})$',
    description: 'Where people of no pilot count too: `imported`, `all` or `pilot:<id>`',
  },
  from: day('First day, inclusive'),
  to: day('Exclusive'),
  boundary: { type: 'string', pattern: '^[A-Za-z]+>[A-Za-z]+$', description: 'Such as community>socialCare' },
  knownAt,
  minPosition,
} as const;

interface MetricQuery {
  readonly pilot?: string;
  readonly scope?: MetricScope;
  readonly from?: string;
  readonly to?: string;
  readonly boundary?: string;
  readonly knownAt?: string;
  readonly minPosition?: string;
}

const none = {} as const;
const definitionSchema = {
  type: 'object',
  additionalProperties: true,
  description: 'What it counts, and how that is known',
};

const definitionOf = ({
  id,
  version,
  title,
  meaning,
  formula,
  unit,
  better,
  label,
  source,
  effective,
  edgeCases,
}: MetricDefinition) => ({ id, version, title, meaning, formula, unit, better, label, source, effective, edgeCases });

@ApiTags('queries')
@Controller('api/metrics')
export class MetricsQueryController {
  constructor(@Inject(ENGINE) private readonly engine: Engine) {}

  @Get()
  @DocumentQuery({
    id: 'metrics-list',
    summary: 'Every metric and its definition',
    parameters: none,
    answer: { metrics: { type: 'array', items: definitionSchema } },
  })
  async list(@Req() request: SignedInRequest, @Asked(none) _asked: object) {
    await require(this.engine, request, 'pilots');
    return answer(this.engine, none, [], async () => ({ metrics: metricDefinitions.map(definitionOf) }));
  }

  @Get(':id')
  @DocumentQuery({
    id: 'metric',
    summary: 'One metric, now or as known earlier, under today’s definition',
    parameters,
    answer: { metric: definitionSchema, value: { type: 'object', additionalProperties: true } },
    more: ['not-found'],
  })
  async value(@Req() request: SignedInRequest, @Param('id') id: string, @Asked(parameters) asked: MetricQuery) {
    const { minPosition: _wait, knownAt: _moment, ...filter } = asked;
    const pilot = asked.pilot ?? (asked.scope?.startsWith('pilot:') ? asked.scope.slice('pilot:'.length) : undefined);
    // Figures of everybody are nobody's own.
    await require(this.engine, request, 'dashboard', pilot ?? 'every pilot');
    const definition = metricDefinition(id);
    if (!definition) throw new Problem('not-found', 'There is no such metric; /api/metrics lists them.');
    const ordinal = await ordinalOf(this.engine, asked);
    const of = { ...filter, asAt: this.engine.clock.now(), ...(ordinal !== undefined && { knownAt: ordinal }) };
    return answer(this.engine, asked, definition.readModels, async (rows) => ({
      metric: definitionOf(definition),
      value: (await definition.compute(rows, of)) as object,
    }));
  }
}
