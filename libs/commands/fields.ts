/**
 * The vocabulary of command fields. Each decorator says once what a field may hold: class-validator checks it and
 * the OpenAPI page shows it. Free text is marked, so that it is sealed under the person's key before anything
 * decides on it (DESIGN 7).
 */
import type { ApiPropertyOptions } from '@nestjs/swagger';
import {
  ArrayUnique,
  Equals,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  Matches,
  Max,
  Min,
  ValidateBy,
  ValidateIf,
} from 'class-validator';
import { isCivilDate, isInstant } from '#kernel';

interface FieldOptions {
  readonly optional?: boolean;
}

const freeText = new WeakMap<object, string[]>();
const described = new WeakMap<object, [name: string, description: ApiPropertyOptions][]>();

const addTo = <T>(lists: WeakMap<object, T[]>, target: object, entry: T): void => {
  lists.set(target, [...(lists.get(target) ?? []), entry]);
};

/** Of a class and its parents. */
function gathered<T>(lists: WeakMap<object, T[]>, { prototype }: { readonly prototype: object }): readonly T[] {
  const found: T[] = [];
  for (let proto: object | null = prototype; proto; proto = Object.getPrototypeOf(proto) as object | null) {
    found.push(...(lists.get(proto) ?? []));
  }
  return found;
}

const field =
  (api: ApiPropertyOptions, options: FieldOptions | undefined, ...checks: PropertyDecorator[]): PropertyDecorator =>
  (target, property) => {
    addTo(described, target, [String(property), { ...api, required: !options?.optional } as ApiPropertyOptions]);
    for (const check of checks) check(target, property);
    // Left out is one thing; null is a value of the wrong type.
    if (options?.optional) ValidateIf((_, value) => value !== undefined)(target, property);
  };

/** Tests of text that a pattern cannot express, by name; the compiled check and class-validator share them. */
export const formats = new Map<string, (value: string) => boolean>();

const fits = (name: string, test: (value: string) => boolean, message: string, max = Infinity): PropertyDecorator => {
  formats.set(name, test);
  return ValidateBy({
    name,
    constraints: [max],
    validator: {
      validate: (value) => typeof value === 'string' && isWithin(max, value) && test(value),
      defaultMessage: () => message,
    },
  });
};

/** In characters, as JSON Schema counts. */
const isWithin = (max: number, value: string): boolean => value.length <= max || [...value].length <= max;

/** Words, not blanks, and nothing that cannot be stored as UTF-8. */
const isText = (value: string): boolean => value.isWellFormed() && value.trim() !== '';
const text = (max: number): PropertyDecorator => fits('text', isText, `must be text of 1 to ${max} characters`, max);

const notPayload = 'must be an object of plain values, not nested deeper than six';
const DEEPEST = 6;

/** Ciphertext is made here and never taken from outside. */
export const isPayload = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && isPlain(value, DEEPEST);

function isPlain(value: unknown, depth: number): boolean {
  if (typeof value === 'string') return value.isWellFormed() && !value.startsWith('sealed:');
  if (typeof value !== 'object' || value === null) return true;
  return depth > 0 && Object.entries(value).every(([name, inner]) => name.isWellFormed() && isPlain(inner, depth - 1));
}

/** In characters, of one free text. */
const LONGEST = 4000;
const notTexts = `must be an object of texts of 1 to ${LONGEST} characters`;

export const isTexts = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.entries(value).every(
    ([name, inner]) =>
      /^\w{1,40}$/.test(name) && typeof inner === 'string' && isWithin(LONGEST, inner) && isText(inner),
  );

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

export const Field = {
  uuid: (description: string, options?: FieldOptions) =>
    field(
      { type: String, format: 'uuid', description },
      options,
      Matches(uuid, { message: 'must be a UUID in lower case' }),
    ),

  /** An id of reference data: a team, an organisation, a pathway. */
  ref: (description: string, options?: FieldOptions) =>
    field(
      { type: String, pattern: '^[a-z0-9][a-z0-9-]{0,79}$', description },
      options,
      Matches(/^[a-z0-9][a-z0-9-]{0,79}$/, { message: 'must be an id of small letters, digits and hyphens' }),
    ),

  moment: (description: string, options?: FieldOptions) =>
    field(
      { type: String, format: 'date-time', description: `${description} (UTC, YYYY-MM-DDTHH:mm:ss.sssZ)` },
      options,
      fits('moment', isInstant, 'must be a moment that exists, like 2011-03-01T08:05:00.000Z'),
    ),

  day: (description: string, options?: FieldOptions) =>
    field(
      { type: String, format: 'date', description },
      options,
      fits('day', isCivilDate, 'must be a day that exists, like 2011-03-01'),
    ),

  choice: (values: readonly string[], description: string, options?: FieldOptions) =>
    field({ type: String, enum: [...values], description }, options, IsIn([...values])),

  /** Some of a list, each at most once. */
  choices: (values: readonly string[], description: string, options?: FieldOptions) =>
    field(
      { type: String, enum: [...values], isArray: true, description },
      options,
      IsArray(),
      ArrayUnique(),
      IsIn([...values], { each: true }),
    ),

  integer: (range: { min: number; max: number }, description: string, options?: FieldOptions) =>
    field(
      { type: 'integer', minimum: range.min, maximum: range.max, description },
      options,
      IsInt(),
      Min(range.min),
      Max(range.max),
    ),

  flag: (description: string, options?: FieldOptions) => field({ type: Boolean, description }, options, IsBoolean()),

  /** A statement that has to be made: only true is right. */
  confirmed: (description: string) =>
    field({ type: Boolean, enum: [true], description }, undefined, Equals(true, { message: 'must be confirmed' })),

  /** Text that identifies nobody, such as a name in reference data. */
  text: (max: number, description: string, options?: FieldOptions) =>
    field({ type: String, minLength: 1, maxLength: max, description }, options, text(max)),

  /** Text that a function of the field's own context checks, such as an NHS number. `name` is its format in OpenAPI. */
  format: (
    name: string,
    test: (value: string) => boolean,
    message: string,
    description: string,
    options?: FieldOptions,
  ) => field({ type: String, format: name, description }, options, fits(name, test, message)),

  /** Fields of an entry, as they should be; what they may hold is checked against the entry's own description. */
  payload: (description: string, options?: FieldOptions) =>
    field(
      { type: 'object', additionalProperties: true, description },
      options,
      ValidateBy({ name: 'payload', validator: { validate: isPayload, defaultMessage: () => notPayload } }),
    ),

  /** Words about a person: sealed under their key before anything is decided or stored. */
  freeText: (description: string, options?: FieldOptions & { max?: number }) => {
    const max = options?.max ?? LONGEST;
    const mark: PropertyDecorator = (target, property) => {
      addTo(freeText, target, String(property));
    };
    return field({ type: String, minLength: 1, maxLength: max, description }, options, text(max), mark);
  },

  /** The same for several texts by name; what each is called is checked against the entry that they belong to. */
  freeTexts: (description: string, options?: FieldOptions) => {
    const mark: PropertyDecorator = (target, property) => {
      addTo(freeText, target, String(property));
    };
    return field(
      { type: 'object', additionalProperties: { type: 'string', minLength: 1, maxLength: LONGEST }, description },
      options,
      ValidateBy({ name: 'texts', validator: { validate: isTexts, defaultMessage: () => notTexts } }),
      mark,
    );
  },
} as const;

/** Names of the free-text fields of a command class. */
export const freeTextFields = (command: { readonly prototype: object }): readonly string[] =>
  gathered(freeText, command);

/**
 * What the OpenAPI page says of each field. It is handed over when the page is made: the command line and the
 * projector's thread do without Nest.
 */
export const fieldDescriptions = (command: { readonly prototype: object }) => gathered(described, command);
