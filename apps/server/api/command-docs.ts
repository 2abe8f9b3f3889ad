/** What `/api/openapi.json` says of commands and of problems. */
import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiHeader, ApiOkResponse, ApiOperation, ApiProperty, ApiResponse } from '@nestjs/swagger';
import { fieldDescriptions, problems, type ProblemCode, type UseCase } from '#commands';

type Schema = Record<string, unknown>;

const string = (description: string, more: Schema = {}) => ({ type: 'string', description, ...more });
const id = (description: string) => string(description, { format: 'uuid' });

/** Shared by every operation, under `#/components/schemas`. */
export const sharedSchemas = {
  Problem: {
    type: 'object',
    description: 'Problem details, RFC 9457. `code` is stable; docs/reference/problems.md lists all of them.',
    required: ['type', 'title', 'status', 'detail', 'instance', 'code'],
    properties: {
      type: string('Where it is explained', { format: 'uri-reference' }),
      title: string('The kind of problem, in words'),
      status: { type: 'integer', minimum: 400, maximum: 599 },
      detail: string('This problem, in words; safe to show'),
      instance: string('The request, as the log knows it', { format: 'uri' }),
      code: string('Stable'),
      errors: {
        type: 'array',
        items: {
          type: 'object',
          required: ['pointer', 'detail'],
          properties: { pointer: string('JSON pointer into the body'), detail: string('What is wrong there') },
        },
      },
      about: { type: 'object', additionalProperties: true, description: 'Facts to act on, such as the revision now' },
    },
  },
  CommandAnswer: {
    type: 'object',
    required: ['revision', 'events', 'repeated'],
    properties: {
      revision: { type: 'integer', minimum: -1, description: 'Of the record now; also the ETag' },
      position: string('Give it as minPosition to read your own write'),
      events: {
        type: 'array',
        items: {
          type: 'object',
          required: ['eventId', 'type'],
          properties: { eventId: id('The event'), type: string('Its type') },
        },
      },
      repeated: { type: 'boolean', description: 'True where the command had been executed before' },
      personId: id('The person'),
      journeyId: id('The journey'),
      handoffId: id('The handoff'),
      stayId: id('The hospital stay'),
      contactId: id('The contact'),
      planId: id('The care plan'),
      linkId: id('The link to answer with'),
      answerLink: {
        type: 'object',
        required: ['address', 'code'],
        description: 'Told once, where a link was made: send the address, read the code out over the telephone',
        properties: { address: string('Path on this server'), code: string('Six digits') },
      },
    },
  },
} as const;

export const schemaOf = (name: keyof typeof sharedSchemas) => ({ $ref: `#/components/schemas/${name}` });

/** The statuses that these problems have, each with the codes to expect. */
export const ApiProblems = (...codes: readonly ProblemCode[]) =>
  applyDecorators(
    ...[...Map.groupBy(codes, (code) => problems[code].status)].map(([status, of]) =>
      ApiResponse({
        status,
        description: of.map((code) => `\`${code}\`: ${problems[code].title}`).join('; '),
        content: { 'application/problem+json': { schema: schemaOf('Problem') } },
      }),
    ),
  );

const ofEveryCommand = [
  'malformed-json',
  'malformed-request',
  'sign-in-needed',
  'token-invalid',
  'token-expired',
  'role-not-allowed',
  'not-found',
  'stale',
  'body-too-large',
  'unsupported-media-type',
  'invalid-fields',
  'key-reused',
  'internal-error',
  'busy',
  'store-unavailable',
  'too-far-behind',
] as const satisfies readonly ProblemCode[];

const ApiRefusal = () =>
  ApiResponse({
    status: 409,
    description: 'Not possible as things stand: `code` names the refusal',
    content: { 'application/problem+json': { schema: schemaOf('Problem') } },
  });

/** Tells Nest's Swagger of the fields of a command; it knows them by their decorators only. */
export function documentFields({ command }: UseCase): void {
  for (const [name, description] of fieldDescriptions(command))
    ApiProperty(description)(command.prototype as object, name);
}

export const documentCommand = ({ name, summary, command, roles }: UseCase): MethodDecorator =>
  applyDecorators(
    ApiOperation({ operationId: name, summary, description: `For: ${roles.join(', ')}.` }),
    ApiHeader({
      name: 'Idempotency-Key',
      required: true,
      description: 'A repeat under the same key is answered as the first time',
      schema: { type: 'string', minLength: 1, maxLength: 200 },
    }),
    ApiHeader({
      name: 'If-Match',
      required: false,
      description: 'The ETag that the decision was made on',
      schema: { type: 'string' },
    }),
    ApiBody({ type: command }),
    ApiOkResponse({
      description: 'What came of it',
      headers: { ETag: { description: 'The revision now', schema: { type: 'string' } } },
      content: { 'application/json': { schema: schemaOf('CommandAnswer') } },
    }),
    ApiRefusal(),
    ApiProblems(...ofEveryCommand),
  );
