/** Who is told what, outside: a JSON file, checked before anything starts. */
import { readFileSync } from 'node:fs';
import { FormatRegistry, Type, type Static } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';

/** `whsec_` and 24 to 64 bytes in base64, as Standard Webhooks has it. */
const SECRET = /^whsec_([A-Za-z0-9+/]+={0,2})$/;

const isSecret = (value: string): boolean => {
  const { length } = Buffer.from(SECRET.exec(value)?.[1] ?? '', 'base64');
  return length >= 24 && length <= 64;
};

/** Nothing leaves a machine in the clear. */
const isAddress = (value: string): boolean => {
  if (!URL.canParse(value)) return false;
  const { protocol, hostname } = new URL(value);
  return protocol === 'https:' || (protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname));
};

FormatRegistry.Set('webhook-secret', isSecret);
FormatRegistry.Set('webhook-address', isAddress);

const Subscription = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,39}$' }),
    url: Type.String({ format: 'webhook-address' }),
    secret: Type.String({ format: 'webhook-secret' }),
    types: Type.Array(Type.String(), { minItems: 1, uniqueItems: true }),
  },
  { additionalProperties: false },
);

/** One receiver of signed webhooks. */
export type Subscription = Readonly<Static<typeof Subscription>>;

export class SubscriptionsError extends Error {}

/** @throws SubscriptionsError saying what is wrong and where, never a secret */
export function subscriptionsIn(text: string, knownTypes: readonly string[]): readonly Subscription[] {
  const list = Type.Array(Subscription);
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch (cause) {
    throw new SubscriptionsError('is not JSON', { cause });
  }
  const wrong = [...Value.Errors(list, found)].map(({ path }) => path || '/');
  if (wrong.length > 0) {
    throw new SubscriptionsError(
      `is wrong at ${[...new Set(wrong)].join(', ')}: each subscription has an id, an https address, a secret (whsec_ and 24 to 64 bytes in base64) and types`,
    );
  }
  const subscriptions = found as Subscription[];
  const unknown = subscriptions.flatMap(({ types }) => types).filter((type) => !knownTypes.includes(type));
  if (unknown.length > 0)
    throw new SubscriptionsError(`names events that there are not: ${[...new Set(unknown)].join(', ')}`);
  const ids = subscriptions.map(({ id }) => id);
  if (new Set(ids).size < ids.length) throw new SubscriptionsError('uses an id twice');
  return subscriptions;
}

/** @throws SubscriptionsError */
export function readSubscriptions(file: string, knownTypes: readonly string[]): readonly Subscription[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new SubscriptionsError('cannot be read', { cause });
  }
  return subscriptionsIn(text, knownTypes);
}
