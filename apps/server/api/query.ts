/** What queries have in common: their parameters, and answers that say how fresh they are. */
import { applyDecorators, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiQuery } from '@nestjs/swagger';
import { Ajv, type ValidateFunction } from 'ajv';
import type { FastifyRequest } from 'fastify';
import { Problem, type ProblemCode } from '#commands';
import { isCivilDate, isInstant } from '#kernel';
import type { Freshness, Rows } from '#projections';
import type { Engine } from '../engine.js';
import { ApiProblems } from './command-docs.js';

export type Schema = Readonly<Record<string, unknown>>;
export type Parameters = Readonly<Record<string, Schema>>;

const ajv = new Ajv({ coerceTypes: true, strictTypes: false, allErrors: true });
ajv.addFormat('date-time', isInstant);
ajv.addFormat('date', isCivilDate);

/** Parameters of several queries. */
export const minPosition: Schema = {
  type: 'string',
  minLength: 1,
  maxLength: 200,
  description: 'Wait until the answer includes this position: read your own write',
};
export const knownAt: Schema = {
  type: 'string',
  format: 'date-time',
  description: 'As it was known at this moment (UTC, YYYY-MM-DDTHH:mm:ss.sssZ)',
};
export const ref = (description: string): Schema => ({
  type: 'string',
  pattern: '^[a-z0-9][a-z0-9-]{0,79}$',
  description,
});
export const day = (description: string): Schema => ({ type: 'string', format: 'date', description });
export const count = (maximum: number, description: string): Schema => ({
  type: 'integer',
  minimum: 0,
  maximum,
  description,
});

const compiled = new WeakMap<Parameters, ValidateFunction>();

/** The checked query of the address. Unknown parameters are errors: a misspelt filter must not answer everything. */
export const Asked = createParamDecorator((parameters: Parameters, context: ExecutionContext) => {
  let check = compiled.get(parameters);
  if (!check)
    compiled.set(
      parameters,
      (check = ajv.compile({ type: 'object', properties: parameters, additionalProperties: false })),
    );
  const asked = { ...(context.switchToHttp().getRequest<FastifyRequest>().query as object) };
  if (check(asked)) return asked;
  const errors = (check.errors ?? []).map(({ instancePath, params, message = 'is wrong' }) => {
    const unknown = (params as { additionalProperty?: string }).additionalProperty;
    return unknown === undefined
      ? { pointer: instancePath, detail: message }
      : { pointer: `/${unknown}`, detail: 'is not a parameter of this query' };
  });
  throw new Problem(
    'malformed-request',
    errors.map(({ pointer, detail }) => `${pointer.slice(1)} ${detail}`).join('; '),
    { errors },
  );
});

const freshness: Schema = {
  type: 'object',
  required: ['ordinal', 'status', 'incomplete'],
  properties: {
    ordinal: { type: 'integer', description: 'Events that the answer includes' },
    asOf: { type: 'string', format: 'date-time', description: 'When the last of them was recorded' },
    behindSince: { type: 'string', format: 'date-time', description: 'When the first event that it does not include was recorded' },
    status: { type: 'string', enum: ['live', 'catchingUp', 'stopped'] },
    incomplete: { type: 'integer', description: 'Subjects that may be incomplete' },
  },
};

const ofEveryQuery = [
  'malformed-request',
  'sign-in-needed',
  'token-invalid',
  'token-expired',
  'role-not-allowed',
  'too-many-requests',
  'internal-error',
  'store-unavailable',
  'too-far-behind',
] as const satisfies readonly ProblemCode[];

export interface QueryDocs {
  readonly id: string;
  readonly summary: string;
  readonly parameters: Parameters;
  readonly answer: Readonly<Record<string, Schema>>;
  readonly more?: readonly ProblemCode[];
}

export const DocumentQuery = ({ id, summary, parameters, answer, more = [] }: QueryDocs) =>
  applyDecorators(
    ApiBearerAuth(),
    ApiOperation({ operationId: id, summary }),
    ...Object.entries(parameters).map(([name, { description, ...schema }]) =>
      ApiQuery({ name, required: false, description: description as string, schema: schema as never }),
    ),
    ApiOkResponse({
      description: 'The answer, and how fresh it is',
      schema: {
        type: 'object',
        required: ['eventsBehind', 'freshness', ...Object.keys(answer)],
        properties: {
          position: { type: 'string', description: 'Of the last event that the answer includes' },
          eventsBehind: { type: 'integer', description: 'Events in the log that it does not include yet' },
          freshness,
          ...answer,
        },
      } as never,
    }),
    ApiProblems(...ofEveryQuery, ...more),
  );

export interface Fresh {
  readonly position: string | undefined;
  readonly eventsBehind: number;
  readonly freshness: Omit<Freshness, 'position' | 'eventsBehind'>;
}

export const freshFields = ({ position, eventsBehind, ...rest }: Freshness): Fresh => ({
  position,
  eventsBehind,
  freshness: rest,
});

/** How long a reader waits for its own write, milliseconds. */
const PATIENCE = 5000;

/** @throws Problem too-far-behind, malformed-request where it is no position of this store */
export async function waitFor(engine: Engine, position: string | undefined): Promise<void> {
  if (position === undefined || !engine.projector) return;
  try {
    engine.store.comparePositions(position, position);
  } catch {
    throw new Problem('malformed-request', 'minPosition is not a position that was given here.');
  }
  if (await engine.projector.waitFor(position, PATIENCE)) return;
  throw new Problem('too-far-behind', 'What was asked for is not in the read models yet.');
}

/** Rows and how fresh they are, agreeing with each other. */
export async function answer<T extends object>(
  engine: Engine,
  asked: { readonly minPosition?: string },
  readModels: readonly string[],
  read: (rows: Rows) => Promise<T>,
): Promise<T & Fresh> {
  await waitFor(engine, asked.minPosition);
  const { value, freshness: fresh } = await engine.reader.withFreshness(read, readModels);
  return { ...value, ...freshFields(fresh) };
}

/** The last ordinal known at that moment; undefined for now. */
export const ordinalOf = async (engine: Engine, asked: { readonly knownAt?: string }): Promise<number | undefined> =>
  asked.knownAt === undefined ? undefined : engine.reader.ordinalAt(asked.knownAt);
