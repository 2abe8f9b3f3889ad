/** Statements of readers, written once in what SQLite takes, as PostgreSQL takes them. */
import { createHash } from 'node:crypto';
import type { Value } from '../definition.js';
import type { Params } from '../read-store.js';

export interface Statement {
  readonly text: string;
  /** What `$1`, `$2` … stand for: a name, or a place in a list that begins with 0. */
  readonly params: readonly (string | number)[];
  /** The same for the same text, short enough for the name of a prepared statement. */
  readonly hash: string;
}

/** `inList` of sql.ts: an array that is made once, so that an index can be asked for each of its texts. */
const IN_LIST = /\bIN \(SELECT value FROM json_each\(([^()]+)\)\)/g;
/** `listRows` of sql.ts. */
const LIST_ROWS = /\bjson_each\(([^()]+)\)/g;
/** Where a row lies: good for as long as nothing is written, and nothing is within one moment. */
const ROW_ID = /\browid\b/g;
const PARAMS = /'(?:[^']|'')*'|"[^"]*"|::|:(?<name>[A-Za-z_]\w*)|\?(?<place>\d*)/g;

export function statementOf(sql: string): Statement {
  const params: (string | number)[] = [];
  let next = 0;
  const text = sql
    .replace(IN_LIST, '= ANY (ARRAY(SELECT json_array_elements_text($1::json)))')
    .replace(LIST_ROWS, 'json_array_elements_text($1::json) AS listed (value)')
    .replace(ROW_ID, 'ctid')
    .replace(PARAMS, (found, name: string | undefined, place: string | undefined) => {
      if (name === undefined && place === undefined) return found;
      const param = name ?? (place ? Number(place) - 1 : next++);
      if (!params.includes(param)) params.push(param);
      return `$${params.indexOf(param) + 1}`;
    });
  return { text, params, hash: createHash('sha256').update(text).digest('base64url').slice(0, 22) };
}

/** @throws RangeError where a parameter has no value */
export function valuesFor({ params }: Statement, given: Params = []): readonly Value[] {
  return params.map((param) => {
    const value = (given as Readonly<Record<string | number, Value | undefined>>)[param];
    if (value === undefined) throw new RangeError(`the parameter ${param} has no value`);
    return value;
  });
}
