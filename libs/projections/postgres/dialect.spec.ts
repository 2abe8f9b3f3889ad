import { describe, expect, it } from '@jest/globals';
import { inList, listRows } from '../sql.js';
import { statementOf, valuesFor } from './dialect.js';

describe('A statement of readers, as PostgreSQL takes it', () => {
  it('has its parameters numbered, each once however often it stands there', () => {
    const statement = statementOf('SELECT * FROM t WHERE a = :a AND b > :b AND (:a IS NULL OR c = :a)');
    expect(statement.text).toBe('SELECT * FROM t WHERE a = $1 AND b > $2 AND ($1 IS NULL OR c = $1)');
    expect(valuesFor(statement, { b: 2, a: 'x' })).toEqual(['x', 2]);
  });

  it('takes them by place too', () => {
    expect(statementOf('a = ? AND b = ?').text).toBe('a = $1 AND b = $2');
    const numbered = statementOf('a = ?2 AND b = ?1 AND c = ?2');
    expect(numbered.text).toBe('a = $1 AND b = $2 AND c = $1');
    expect(valuesFor(numbered, ['one', 'two'])).toEqual(['two', 'one']);
  });

  it('leaves alone what only looks like one', () => {
    const sql = `a = 'at :noon, it''s ?' AND b::text = "c:d"`;
    expect(statementOf(sql)).toMatchObject({ text: sql, params: [] });
  });

  it('refuses a parameter that was not given', () => {
    expect(() => valuesFor(statementOf('a = :a'), { b: 1 })).toThrow(RangeError);
    expect(() => valuesFor(statementOf('a = ? AND b = ?'), [1])).toThrow(RangeError);
    expect(valuesFor(statementOf('a = :a'), { a: null })).toEqual([null]);
  });

  it('asks an index for each text of a list, and reads a list as rows', () => {
    expect(statementOf(`a ${inList(':all')}`).text).toBe('a = ANY (ARRAY(SELECT json_array_elements_text($1::json)))');
    expect(statementOf(`SELECT value FROM ${listRows('?')}`).text).toBe(
      'SELECT value FROM json_array_elements_text($1::json) AS listed (value)',
    );
  });
});
