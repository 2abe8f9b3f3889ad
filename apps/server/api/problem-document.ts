/** Problem details (RFC 9457): the only body an error of the API has. */
import { HttpException } from '@nestjs/common';
import { Problem, problems, Refused, type FieldError, type ProblemCode } from '#commands';
import { ReadModelsNotReadyError, ReadModelsUnavailableError } from '#projections';
import { DatabaseUnavailableError } from '#database';
import { StoreUnavailableError } from '#event-store';

export interface ProblemDocument {
  /** Opens into an explanation at this server. */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** The request, as the log knows it. */
  readonly instance: string;
  readonly code: string;
  /** Each a JSON pointer into the body and what is wrong there. */
  readonly errors?: readonly FieldError[];
  readonly about?: Readonly<Record<string, string | number | readonly string[]>>;
}

/** What the framework refuses before we see it, by status. */
const ofStatus: Readonly<Record<number, readonly [ProblemCode, string]>> = {
  400: ['malformed-request', 'The request could not be read.'],
  404: ['not-found', 'There is no such address.'],
  405: ['method-not-allowed', 'This address knows other methods.'],
  413: ['body-too-large', 'Commands have at most 256 KiB.'],
  415: ['unsupported-media-type', 'Commands are JSON.'],
  429: ['too-many-requests', 'Slow down.'],
};

/** Whatever went wrong as a problem; `unexpected` where it is our fault and belongs in the log. */
export function problemOf(error: unknown): { problem: Problem | Refused; unexpected: boolean } {
  if (error instanceof Problem || error instanceof Refused)
    return { problem: error, unexpected: error.cause !== undefined };
  if (error instanceof ReadModelsNotReadyError) {
    return {
      problem: new Problem('too-far-behind', 'The read models are being built for the first time.'),
      unexpected: false,
    };
  }
  if (error instanceof StoreUnavailableError || error instanceof DatabaseUnavailableError)
    return { problem: new Problem('store-unavailable', 'It does not answer.'), unexpected: true };
  if (error instanceof ReadModelsUnavailableError)
    return { problem: new Problem('store-unavailable', 'The read models cannot be reached.'), unexpected: true };
  const status = error instanceof HttpException ? error.getStatus() : statusOf(error);
  if (status === 400 && isMalformedJson(error))
    return { problem: new Problem('malformed-json', 'It ends too early, or is no JSON.'), unexpected: false };
  const known = ofStatus[status];
  if (known) return { problem: new Problem(...known), unexpected: false };
  return {
    problem: new Problem('internal-error', 'It has been written down under the id in `instance`.'),
    unexpected: true,
  };
}

const statusOf = (error: unknown): number => {
  const { statusCode } = (error ?? {}) as { statusCode?: unknown };
  return typeof statusCode === 'number' ? statusCode : 500;
};

/** Fastify's parser says it by message alone once Nest has wrapped it: no JSON, none at all, or a `__proto__` in it. */
const isMalformedJson = (error: unknown): boolean =>
  error instanceof Error && /JSON|forbidden prototype/i.test(error.message);

export function documentOf(problem: Problem | Refused, requestId: string): ProblemDocument {
  const { code, detail } = problem;
  const { status, title } =
    problem instanceof Problem ? problems[problem.code] : { status: 409, title: 'Not possible as things stand' };
  const { errors, about } = problem instanceof Problem ? problem.more : { errors: undefined, about: problem.about };
  return {
    type: `/problems/${code}`,
    title,
    status,
    detail,
    instance: `urn:uuid:${requestId}`,
    code,
    ...(errors && { errors }),
    ...(about && { about }),
  };
}
