import { describe, expect, it } from '@jest/globals';
import type { ReadModel, Table } from './definition.js';
import { modelSet } from './model-set.js';
import { facts, programme, totals, trails } from './testing/sample.js';

const models = (...list: readonly unknown[]): readonly ReadModel[] => list as readonly ReadModel[];
const withTable = (table: Partial<Table>) => models({ ...totals, tables: [{ ...totals.tables[0]!, ...table }] });

describe('a set of read models', () => {
  it('folds once for all read models that name the same fold', () => {
    const { person, stream } = modelSet(models(facts, totals, trails, programme));
    expect(person.folds.map(({ fold }) => fold.name)).toEqual(['items', 'trail']);
    expect(person.models.map(({ fold }) => fold)).toEqual([0, 0, 1]);
    expect(stream.models.map(({ model }) => model.name)).toEqual(['programme']);
  });

  it('is another generation when a version or a table changes, and the same in any order', () => {
    const { id } = modelSet(models(facts, totals));
    expect(modelSet(models(totals, facts)).id).toBe(id);
    expect(modelSet(models(facts, { ...totals, version: 2 })).id).not.toBe(id);
    expect(modelSet(models(facts, ...withTable({ indexes: [['sum']] }))).id).not.toBe(id);
    expect(modelSet(models(facts)).id).not.toBe(id);
  });

  it.each([
    ['a key that is no column', { key: ['person'] }, 'no column person'],
    ['an index on no column', { indexes: [['person']] }, 'no column person'],
    ['no key', { key: [] }, 'has no key'],
    ['a name of the engine', { name: 'checkpoint' }, 'the engine itself'],
    ['a column of the engine', { columns: { subject: 'text', known_from: 'integer' }, key: ['subject'] }, 'written by the engine'],
    ['a name that is not plain', { name: 'a"b' }, 'cannot name'],
  ] as const)('refuses a table with %s', (_what, table, message) => {
    expect(() => modelSet(withTable(table))).toThrow(message);
  });

  it('refuses two tables or two read models of one name, past rows included', () => {
    expect(() => modelSet(models(totals, totals))).toThrow('defined twice');
    expect(() => modelSet(models(facts, ...withTable({ name: 'fact_past' })))).toThrow('table fact_past is defined twice');
  });
});
