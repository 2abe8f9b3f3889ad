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

/** docs/reference/problems.md */
export const problemsPage = (): string =>
  [
    '# Problems',
    '',
    'Generated from `libs/commands/problem.ts` by `npm run docs`. Every error of the API is a problem document (RFC 9457,',
    '`application/problem+json`) with one of these codes, or with status 409 and the code of a refusal of the domain: the',
    'same request is right and not possible as things stand; `detail` says what to do next.',
    '',
    '| code | status | what it means | what to do |',
    '|---|---|---|---|',
    ...Object.entries(problems).map(([code, { status, title, fix }]) => `| \`${code}\` | ${status} | ${title} | ${fix} |`),
    '',
  ].join('\n');
