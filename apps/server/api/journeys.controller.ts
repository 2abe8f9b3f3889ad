import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Problem } from '#commands';
import type { Head } from '#event-store';
import type { Engine } from '../engine.js';
import type { SignedInRequest } from '../security/principal.js';
import { ENGINE } from '../tokens.js';
import { accessBy, require } from './access.js';
import { etagOf, isId } from './headers.js';
import { findJourney, journeyView, knownAtMoment } from './journey.js';
import { Asked, DocumentQuery, freshFields, knownAt as knownAtParameter, minPosition, waitFor } from './query.js';

const parameters = { knownAt: knownAtParameter, minPosition } as const;
const notFound = (): Problem =>
  new Problem('not-found', 'There is no such record, or your organisation has no part in it.');

/** Folded from the streams, the answer is as fresh as the log, whatever the read models are. */
const asFreshAs = ({ position, ordinal = 0 }: Head) =>
  freshFields({ position, ordinal, eventsBehind: 0, asOf: undefined, status: 'live', incomplete: 0 });

@ApiTags('queries')
@Controller('api/journeys')
export class JourneysController {
  constructor(@Inject(ENGINE) private readonly engine: Engine) {}

  @Get(':journeyId')
  @ApiParam({ name: 'journeyId', schema: { type: 'string', format: 'uuid' } })
  @DocumentQuery({
    id: 'journey',
    summary:
      'One journey: who is responsible, since when and why; its handovers, stays and entries, as far as you may see them',
    parameters,
    answer: {
      journeyId: { type: 'string', format: 'uuid' },
      personId: { type: 'string', format: 'uuid' },
      shown: {
        type: 'string',
        enum: ['whole', 'offers'],
        description: '`offers`: your organisation was asked, and sees the offers alone',
      },
    },
    more: ['not-found'],
  })
  async journey(
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('journeyId') journeyId: string,
    @Asked(parameters) asked: { knownAt?: string; minPosition?: string },
  ) {
    const principal = await require(this.engine, request, 'journey');
    if (!isId(journeyId)) throw notFound();
    await waitFor(this.engine, asked.minPosition);
    const head = await this.engine.store.head();
    const knownAt = asked.knownAt === undefined ? undefined : await knownAtMoment(this.engine, asked.knownAt);
    const found = await findJourney(this.engine, principal, journeyId, knownAt);
    if (!found) throw notFound();
    const { personId } = found.record;
    if (found.part.kind === 'none') {
      await this.engine.accessLog.refused({
        ...accessBy(request),
        code: 'not-yours',
        journey: journeyId,
        people: [personId],
      });
      throw notFound();
    }
    const view = await journeyView(this.engine, found);
    const last = found.entries.at(-1)!;
    await this.engine.accessLog.viewed({
      ...accessBy(request),
      people: [personId],
      journey: journeyId,
      shown: found.part.kind === 'offers' || found.part.identified ? 'identified' : 'pseudonymous',
      served: {
        readModel: 'person-record',
        version: 1,
        ordinal: last.ordinal,
        position: last.position,
        ...(asked.knownAt !== undefined && { knownAt: asked.knownAt }),
      },
    });
    void reply.header('etag', etagOf(found.revision));
    return { ...view, revision: found.revision, ...asFreshAs(head) };
  }
}
