import { Controller, Get, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Problem } from '#commands';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { documentOf } from '../api/problem-document.js';
import { Open } from '../security/principal.js';
import { PageErrors } from './page-errors.js';
import { ForAnybody, notFound } from './visitor.js';

/** Programs ask here, and are answered as programs. */
const isOfApi = /^\/(api|health|problems)(\/|$|\?)/;

/** Addresses that no page has. Stands last, so that every other controller is asked first. */
@ApiExcludeController()
@Controller()
@Open()
@UseGuards(ForAnybody)
@UseFilters(PageErrors)
export class NothingHereController {
  @Get('*')
  async nothing(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    if (!isOfApi.test(request.url)) throw notFound();
    const document = documentOf(new Problem('not-found', 'There is no such address.'), request.id);
    await reply.status(404).type('application/problem+json').send(document);
  }
}
