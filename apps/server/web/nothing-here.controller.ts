import { Controller, Get, UseFilters, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Open } from '../security/principal.js';
import { PageErrors } from './page-errors.js';
import { ForVisitors, notFound } from './visitor.js';

/** Addresses that no page has. Stands last, so that every other controller is asked first. */
@ApiExcludeController()
@Controller()
@Open()
@UseGuards(ForVisitors)
@UseFilters(PageErrors)
export class NothingHereController {
  @Get('*any')
  nothing(): never {
    throw notFound();
  }
}
