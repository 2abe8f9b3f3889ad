import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { startServer, type Running } from '../testing/running.js';

interface Property {
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
}
interface Schema {
  readonly properties: Readonly<Record<string, Property>>;
  readonly required?: readonly string[];
}
interface Operation {
  readonly operationId: string;
  readonly requestBody?: {
    readonly content: { readonly 'application/json': { readonly schema: { readonly $ref: string } } };
  };
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: unknown }>> }>
  >;
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly schema: Property }[];
}
interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

const wild = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom<unknown>(
    '',
    '\ud800',
    '\u0000',
    'x'.repeat(5000),
    -1,
    1e300,
    1.5,
    null,
    {},
    [],
    'sealed:v1:AAAA',
    '2011-02-30',
    '__proto__',
  ),
);

/** Right for what the page says of the field. */
function like({ type, format, enum: choices, pattern, minimum = 0, maximum = 100 }: Property): fc.Arbitrary<unknown> {
  if (choices) return fc.constantFrom(...choices);
  if (type === 'integer') return fc.integer({ min: minimum, max: maximum });
  if (type === 'boolean') return fc.boolean();
  if (type === 'object') return fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 });
  if (type === 'array') return fc.array(fc.uuid(), { maxLength: 3 });
  if (format === 'uuid') return fc.uuid();
  if (format === 'date') return fc.constant('2011-02-28');
  if (format === 'date-time') return fc.constant('2011-02-28T10:00:00.000Z');
  if (pattern) return fc.constantFrom('torbay-north-zone', 'torbay-older-people', 'brixham-home-care-team', 'a');
  return fc.string({ minLength: 1, maxLength: 20 });
}

const bodyFor = ({ properties, required = [] }: Schema): fc.Arbitrary<unknown> => {
  const right = Object.fromEntries(Object.entries(properties).map(([name, property]) => [name, like(property)]));
  const wrong = Object.fromEntries(
    Object.entries(properties).map(([name, property]) => [
      name,
      fc.oneof({ weight: 3, arbitrary: like(property) }, wild),
    ]),
  );
  return fc.oneof(
    fc.record(right, { requiredKeys: [...required] }),
    fc.record({ ...wrong, surprise: wild }, { requiredKeys: [] }),
    wild,
  );
};

/** Some hundred requests, on a machine that may be busy, milliseconds. */
const LONG = 120_000;

describe('Every operation that /api/openapi.json describes', () => {
  let server: Running;
  let api: OpenApi;
  beforeAll(async () => {
    server = await startServer();
    api = (await server.ask('/api/openapi.json')).body as unknown as OpenApi;
  }, 30_000);
  afterAll(() => server.stop());

  const operations = () =>
    Object.entries(api.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
    );

  it('says what it answers and how it fails', () => {
    expect(operations().length).toBeGreaterThan(45);
    expect(new Set(operations().map(({ operation }) => operation.operationId)).size).toBe(operations().length);
    for (const { path, operation } of operations()) {
      const { 200: right, ...others } = operation.responses;
      expect({ path, described: right?.content !== undefined }).toEqual({ path, described: true });
      if (!path.startsWith('/api/')) continue;
      const failures = Object.values(others);
      expect(failures.length).toBeGreaterThan(1);
      for (const { content } of failures) expect(Object.keys(content!)).toEqual(['application/problem+json']);
    }
    for (const { path, operation } of operations().filter(({ path }) => path.startsWith('/api/commands/'))) {
      const name = operation.requestBody!.content['application/json'].schema.$ref.split('/').at(-1)!;
      expect({ path, closed: api.components.schemas[name] }).toMatchObject({
        path,
        closed: { additionalProperties: false },
      });
    }
  });

  it(
    'answers generated bodies with a problem document, and changes nothing',
    async () => {
      const commands = operations().filter(
        ({ path }) => path.startsWith('/api/commands/') && !path.endsWith('/register-person'),
      );
      expect(commands.length).toBeGreaterThan(30);
      const before = await server.events();
      for (const { path, operation } of commands) {
        const schema =
          api.components.schemas[operation.requestBody!.content['application/json'].schema.$ref.split('/').at(-1)!]!;
        const tries = fc.asyncProperty(bodyFor(schema), async (body) => {
          const {
            status,
            body: problem,
            headers,
          } = await server.command(path.split('/').at(-1)!, JSON.stringify(body));
          expect({ path, body, status }).toEqual({ path, body, status: expect.any(Number) });
          expect([400, 403, 404, 409, 422]).toContain(status);
          expect(headers.get('content-type')).toContain('application/problem+json');
          expect(problem).toMatchObject({
            code: expect.any(String),
            title: expect.any(String),
            status,
            detail: expect.any(String),
          });
        });
        await fc.assert(tries, { numRuns: 12 });
      }
      expect(await server.events()).toBe(before);
    },
    LONG,
  );

  it(
    'takes a generated body on a real record, or refuses it and changes nothing',
    async () => {
      const made = await server.command('register-person', {
        givenName: 'Edith',
        familyName: 'Smith',
        birthDate: '1925-03-01',
      });
      const taken = await server.command('take-referral', {
        personId: made.body['personId'],
        pathway: 'torbay-older-people',
        referrer: 'carer',
        to: 'torbay-north-zone',
        urgency: 'soon',
        reason: 'Falls',
        accept: true,
      });
      const known = { personId: made.body['personId'], journeyId: taken.body['journeyId'] };
      const commands = operations().filter(
        ({ path }) =>
          path.startsWith('/api/commands/') && !path.endsWith('/close-journey') && !path.endsWith('/record-death'),
      );
      let accepted = 0;
      for (const { path, operation } of commands) {
        const { properties, required = [] } =
          api.components.schemas[operation.requestBody!.content['application/json'].schema.$ref.split('/').at(-1)!]!;
        const right = Object.fromEntries(Object.entries(properties).map(([name, property]) => [name, like(property)]));
        const tries = fc.asyncProperty(fc.record(right, { requiredKeys: [...required] }), async (body) => {
          const before = await server.events();
          const ids = Object.fromEntries(Object.entries(known).filter(([name]) => name in properties && name in body));
          const { status } = await server.command(path.split('/').at(-1)!, { ...body, ...ids });
          expect({ path, body, status }).toEqual({ path, body, status: expect.any(Number) });
          expect([200, 403, 404, 409, 422]).toContain(status);
          if (status === 200) accepted++;
          else expect(await server.events()).toBe(before);
        });
        await fc.assert(tries, { numRuns: 8 });
      }
      expect(accepted).toBeGreaterThan(5);
      expect(server.logged.filter((line) => line.includes('"level":50'))).toEqual([]);
    },
    LONG,
  );

  it(
    'answers generated queries, and never with a fault of its own',
    async () => {
      const queries = operations().filter(
        ({ method, path }) => method === 'get' && path.startsWith('/api/') && path !== '/api/changes',
      );
      for (const { path, operation } of queries) {
        const parameters = (operation.parameters ?? []).filter((one) => one.in === 'query');
        const query = fc.record(
          Object.fromEntries(
            parameters.map(({ name, schema }) => [name, fc.oneof(like(schema), fc.string({ unit: 'grapheme' }))]),
          ),
          { requiredKeys: [] },
        );
        const tries = fc.asyncProperty(query, fc.string({ unit: 'grapheme', minLength: 1 }), async (asked, id) => {
          const address = path.replace(/\{\w+\}/g, () => encodeURIComponent(id));
          const answer = await server.query(
            `${address}?${new URLSearchParams(asked as Record<string, string>).toString()}`,
            'auditor',
          );
          expect([200, 400, 403, 404, 503]).toContain(answer.status);
        });
        await fc.assert(tries, { numRuns: 15 });
      }
      expect(server.logged.filter((line) => line.includes('"level":50'))).toEqual([]);
    },
    LONG,
  );
});
