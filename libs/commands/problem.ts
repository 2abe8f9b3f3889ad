/**
 * Every way in which a request can fail that is not a decision of the domain (RFC 9457). The HTTP edge, the command
 * line and docs/reference/problems.md take their words from this list.
 */
export const problems = {
  'malformed-json': { status: 400, title: 'The body is not JSON', fix: 'Send one JSON object, encoded as UTF-8.' },
  'malformed-request': {
    status: 400,
    title: 'The request cannot be read',
    fix: 'Correct the header or the parameter that `detail` names.',
  },
  'sign-in-needed': { status: 401, title: 'Nobody is signed in', fix: 'Send `Authorization: Bearer …`, or sign in.' },
  'token-invalid': {
    status: 401,
    title: 'The token is not valid',
    fix: 'Get a new token: `throughcare token PERSONA`, or your identity provider.',
  },
  'token-expired': {
    status: 401,
    title: 'The token has expired',
    fix: 'Get a new token and send the same request again, with the same `Idempotency-Key`.',
  },
  'role-not-allowed': {
    status: 403,
    title: 'Not for this role',
    fix: 'Somebody with another role has to do this; `detail` says which.',
  },
  'not-found': {
    status: 404,
    title: 'There is nothing here for you',
    fix: 'Check the id. Records in which your organisation has no part are answered alike.',
  },
  'unknown-command': {
    status: 404,
    title: 'There is no such command',
    fix: 'The commands are listed at `/api/openapi.json`.',
  },
  'method-not-allowed': {
    status: 405,
    title: 'Not with this method',
    fix: 'Use a method that the `Allow` header names.',
  },
  stale: {
    status: 412,
    title: 'The record has changed since you read it',
    fix: 'Read it again, decide again, and send the new `ETag` as `If-Match`.',
  },
  'body-too-large': {
    status: 413,
    title: 'The body is too large',
    fix: 'Commands are small; send files through the command line.',
  },
  'unsupported-media-type': { status: 415, title: 'Not a JSON body', fix: 'Send `Content-Type: application/json`.' },
  'invalid-fields': { status: 422, title: 'Fields are wrong', fix: 'Correct the fields that `errors` points at.' },
  'key-reused': {
    status: 422,
    title: 'The Idempotency-Key was used for something else',
    fix: 'A key belongs to one content for ever; use a new one for a new command.',
  },
  'too-many-requests': { status: 429, title: 'Too many requests', fix: 'Wait for the seconds in `Retry-After`.' },
  'internal-error': {
    status: 500,
    title: 'Something broke on our side',
    fix: 'Repeat with the same `Idempotency-Key`; tell the administrator the id in `instance`.',
  },
  busy: { status: 503, title: 'Others are changing the same record', fix: 'Repeat with the same `Idempotency-Key`.' },
  'store-unavailable': {
    status: 503,
    title: 'The store cannot be reached',
    fix: 'Repeat with the same `Idempotency-Key`; nothing is counted twice.',
  },
  'too-far-behind': {
    status: 503,
    title: 'The answer is not that fresh yet',
    fix: 'Ask again after `Retry-After`, or without `minPosition`.',
  },
} as const satisfies Record<string, { status: number; title: string; fix: string }>;

export type ProblemCode = keyof typeof problems;

export interface FieldError {
  /** JSON pointer into the body (RFC 6901). */
  readonly pointer: string;
  readonly detail: string;
}

/** A request that fails, with words that are safe to show: never a name, a number or a text about a person. */
export class Problem extends Error {
  constructor(
    readonly code: ProblemCode,
    readonly detail: string,
    readonly more: {
      readonly errors?: readonly FieldError[];
      readonly about?: Readonly<Record<string, string | number | readonly string[]>>;
    } = {},
    options?: ErrorOptions,
  ) {
    super(detail, options);
  }
}

/** The domain's "not possible in this state": 409, under the refusal's own code. */
export class Refused extends Error {
  constructor(
    readonly code: string,
    readonly detail: string,
    readonly about?: Readonly<Record<string, string | number | readonly string[]>>,
  ) {
    super(detail);
  }
}

export const invalidFields = (errors: readonly FieldError[]): Problem =>
  new Problem('invalid-fields', errors.map(({ pointer, detail }) => `${pointer} ${detail}`).join('; '), { errors });
