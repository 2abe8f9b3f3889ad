import { Controller, Get, Inject, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Problem } from '#commands';
import type { Assets } from '#web';
import { Open } from '../security/principal.js';

export const ASSETS = Symbol('Assets');

/** Styles and scripts. Their address carries a hash of their content, so browsers keep them for ever. */
@ApiExcludeController()
@Controller('assets')
@Open()
export class AssetsController {
  constructor(@Inject(ASSETS) private readonly assets: Assets) {}

  @Get(':name')
  async file(@Param('name') name: string, @Res() reply: FastifyReply): Promise<void> {
    const asset = this.assets.files.get(`/assets/${name}`);
    if (!asset) throw new Problem('not-found', 'There is no such file.');
    await reply.header('cache-control', 'public, max-age=31536000, immutable').type(asset.type).send(asset.body);
  }
}
