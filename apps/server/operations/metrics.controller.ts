import { Controller, Get, Header, Inject } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Open } from '../security/principal.js';
import { MEASURES } from '../tokens.js';
import type { Measures } from './measures.js';

@ApiTags('operations')
@Controller('metrics')
export class MetricsController {
  constructor(@Inject(MEASURES) private readonly measures: Measures) {}

  @Get()
  @Open()
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  @ApiOperation({ operationId: 'metrics', summary: 'Measures for Prometheus; nothing about people' })
  @ApiProduces('text/plain')
  @ApiOkResponse({ description: 'Text exposition format', schema: { type: 'string' } })
  metrics(): Promise<string> {
    return this.measures.registry.metrics();
  }
}
