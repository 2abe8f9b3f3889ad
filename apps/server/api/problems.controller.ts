import { Controller, Get, Header, Param } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Problem, problems, type ProblemCode } from '#commands';
import { Open } from '../security/principal.js';

/** Where the `type` of a problem leads. */
@ApiExcludeController()
@Controller('problems')
export class ProblemsController {
  @Get(':code')
  @Open()
  @Header('content-type', 'text/plain; charset=utf-8')
  explain(@Param('code') code: string): string {
    if (Object.hasOwn(problems, code)) {
      const { status, title, fix } = problems[code as ProblemCode];
      return `${code} (${status})\n\n${title}.\n${fix}\n`;
    }
    if (!/^[a-z][a-z0-9-]{0,79}$/.test(code)) throw new Problem('not-found', 'There is no such problem.');
    return `${code} (409)\n\nNot possible as things stand. The answer's detail says what to do next.\n`;
  }
}

export { problemsPage } from './problems-page.js';
