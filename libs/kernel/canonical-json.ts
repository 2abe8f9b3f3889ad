/**
 * Canonical JSON of RFC 8785: sorted keys, shortest numbers, no spaces. Written here because it runs for every event
 * on the request path and must refuse what JSON cannot hold; a property test holds it equal to npm `canonicalize`.
 *
 * @throws TypeError for NaN, infinities, lone surrogates, big integers, functions and symbols
 */
export const canonicalJson = (value: unknown): string =>
  typeof value === 'object' && isInOrder(value) ? JSON.stringify(value) : written(value);

/**
 * Whether `JSON.stringify` writes just the canonical form, as of all that was read back from it: it costs a fifth. What
 * is refused is not in order either.
 */
function isInOrder(value: unknown): boolean {
  switch (typeof value) {
    case 'string':
      return value.isWellFormed();
    case 'number':
      return Number.isFinite(value);
    case 'boolean':
      return true;
    case 'object':
      return value === null || (Array.isArray(value) ? value.every(isMemberInOrder) : areKeysInOrder(value));
    default:
      return false;
  }
}

const isMemberInOrder = (value: unknown): boolean => value === undefined || isInOrder(value);

function areKeysInOrder(value: object): boolean {
  if (!isPlain(value) || 'toJSON' in value) return false;
  let last = '';
  for (const key of Object.keys(value)) {
    if (key < last || !key.isWellFormed() || !isMemberInOrder((value as Record<string, unknown>)[key])) return false;
    last = key;
  }
  return true;
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function written(value: unknown): string {
  switch (typeof value) {
    case 'string':
      if (!value.isWellFormed()) throw new TypeError('text holds a lone surrogate');
      return JSON.stringify(value);
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError(`${value} is not a number that JSON can hold`);
      return String(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      return value === null ? 'null' : compound(value);
    default:
      throw new TypeError(`JSON cannot hold a ${typeof value}`);
  }
}

function compound(value: object): string {
  if (Array.isArray(value)) {
    return `[${value.map((item: unknown) => (item === undefined ? 'null' : written(item))).join(',')}]`;
  }
  if ('toJSON' in value && typeof value.toJSON === 'function') return written(value.toJSON());
  let text = '';
  for (const key of sorted(Object.keys(value))) {
    const member: unknown = (value as Record<string, unknown>)[key];
    if (member !== undefined) text += `${text && ','}${written(key)}:${written(member)}`;
  }
  return `{${text}}`;
}

/** Keys are few and most often in order: less work for them than `sort`, which makes two arrays of its own. */
const FEW = 16;

function sorted(keys: string[]): string[] {
  if (keys.length > FEW) return keys.sort();
  for (let i = 1; i < keys.length; i++) {
    const key = keys[i]!;
    let at = i;
    for (; at > 0 && keys[at - 1]! > key; at--) keys[at] = keys[at - 1]!;
    keys[at] = key;
  }
  return keys;
}
