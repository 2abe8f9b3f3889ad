/**
 * JSON to command. A check compiled from the class-validator decorators passes what is right in microseconds;
 * class-validator itself is asked only for what is not, to say why. validate.spec.ts holds the two equal.
 */
import { Ajv, type ValidateFunction } from 'ajv';
import { MAX, MIN, validateSync, type ValidationError } from 'class-validator';
import { targetConstructorToSchema } from 'class-validator-jsonschema';
import { formats, isPayload, isTexts } from './fields.js';
import { invalidFields, type FieldError } from './problem.js';
import type { Command } from './use-case.js';

export type CommandClass<C extends Command = Command> = new () => C;

interface Check {
  readonly passes: ValidateFunction;
  readonly fields: ReadonlySet<string>;
}

const ajv = new Ajv({ strictTypes: false });
ajv.addKeyword({ keyword: 'payload', validate: (_: unknown, value: unknown) => isPayload(value) });
ajv.addKeyword({ keyword: 'texts', validate: (_: unknown, value: unknown) => isTexts(value) });

type Converters = NonNullable<NonNullable<Parameters<typeof targetConstructorToSchema>[1]>['additionalConverters']>;

/** The formats of fields.ts as JSON Schema, by the name of their constraint. */
function converters(): Converters {
  const found: Converters = {
    payload: () => ({ type: 'object', payload: true }) as never,
    texts: () => ({ type: 'object', texts: true }) as never,
    // The library's own say `number` as well, and would let 1.5 through.
    [MIN]: ({ constraints: [minimum] }) => ({ minimum: minimum as number }),
    [MAX]: ({ constraints: [maximum] }) => ({ maximum: maximum as number }),
  };
  for (const [name, test] of formats) {
    ajv.addFormat(name, test);
    found[name] = ({ constraints: [max] }) => ({
      type: 'string',
      format: name,
      ...(max < Infinity && { maxLength: max as number }),
    });
  }
  return found;
}

const checks = new Map<CommandClass, Check>();

function checkOf(command: CommandClass): Check {
  let check = checks.get(command);
  if (!check) {
    const schema = targetConstructorToSchema(command, { additionalConverters: converters() });
    const passes = ajv.compile({ ...schema, additionalProperties: false });
    check = { passes, fields: new Set(Object.keys(schema.properties ?? {})) };
    checks.set(command, check);
  }
  return check;
}

const instanceOf = <C extends Command>(command: CommandClass<C>, body: object): C => Object.assign(new command(), body);

/**
 * The command that `body` asks for. Unknown fields are errors: a client that misspells an optional field must hear
 * of it.
 *
 * @throws Problem `invalid-fields`, with a JSON pointer for each
 */
export function commandFrom<C extends Command>(command: CommandClass<C>, body: unknown): C {
  const { passes, fields } = checkOf(command);
  if (passes(body)) return instanceOf(command, body as object);
  const errors = explain(command, body, fields);
  if (errors.length > 0) throw invalidFields(errors);
  return instanceOf(command, body as object);
}

/** What class-validator alone says; empty where the body is right. */
export const explainBody = (command: CommandClass, body: unknown): readonly FieldError[] =>
  explain(command, body, checkOf(command).fields);

function explain(command: CommandClass, body: unknown, fields: ReadonlySet<string>): readonly FieldError[] {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return [{ pointer: '', detail: 'must be a JSON object' }];
  }
  // Left out before class-validator sees them: a field called `constructor` would make it look elsewhere.
  const [known, unknown] = Object.entries(body).reduce<[[string, unknown][], string[]]>(
    (sorted, [name, value]) => {
      if (fields.has(name)) sorted[0].push([name, value]);
      else sorted[1].push(name);
      return sorted;
    },
    [[], []],
  );
  const instance = instanceOf(command, Object.fromEntries(known));
  const failures = validateSync(instance, { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true });
  return [
    ...unknown.map((name) => ({ pointer: `/${escapePointer(name)}`, detail: 'is not a field of this command' })),
    ...failures.flatMap((failure) => fieldErrors(failure, '')),
  ];
}

function fieldErrors({ property, constraints, children }: ValidationError, parent: string): readonly FieldError[] {
  const pointer = `${parent}/${escapePointer(property)}`;
  const own = Object.values(constraints ?? {}).slice(0, 1);
  return [
    // class-validator's own messages begin with the name of the property; ours do not.
    ...own.map((message) => ({
      pointer,
      detail: message.startsWith(`${property} `) ? message.slice(property.length + 1) : message,
    })),
    ...(children ?? []).flatMap((child) => fieldErrors(child, pointer)),
  ];
}

/** RFC 6901 */
const escapePointer = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');
