/**
 * Canonical JSON of RFC 8785: sorted keys, shortest numbers, no spaces. Written here because it runs for every event
 * on the request path and must refuse what JSON cannot hold; a property test holds it equal to npm `canonicalize`.
 *
 * @throws TypeError for NaN, infinities, lone surrogates, big integers, functions and symbols
 */
export function canonicalJson(value: unknown): string {
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
    return `[${value.map((item: unknown) => (item === undefined ? 'null' : canonicalJson(item))).join(',')}]`;
  }
  if ('toJSON' in value && typeof value.toJSON === 'function') return canonicalJson(value.toJSON());
  let text = '';
  for (const key of sorted(Object.keys(value))) {
    const member: unknown = (value as Record<string, unknown>)[key];
    if (member !== undefined) text += `${text && ','}${canonicalJson(key)}:${canonicalJson(member)}`;
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
