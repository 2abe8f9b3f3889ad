/**
 * The read models of one generation, checked and laid out for the engine: folds shared, columns in a fixed order.
 */
import { createHash } from 'node:crypto';
import type { RecordedEvent } from '#kernel';
import type { ColumnType, Fold, ReadModel, Table } from './definition.js';

/** Raised when the layout of the engine's own tables changes: every generation is then built anew. */
const ENGINE_FORMAT = 1;

export interface TableLayout {
  readonly name: string;
  readonly columns: readonly string[];
  readonly types: readonly ColumnType[];
  /** Places of the key's columns in `columns`. */
  readonly key: readonly number[];
  readonly indexes: readonly (readonly string[])[];
  readonly learned: readonly string[];
  readonly bitemporal: boolean;
}

export interface ModelLayout {
  readonly model: ReadModel;
  /** Place of its fold in `SubjectKind.folds`. */
  readonly fold: number;
  readonly affectedBy: ReadonlySet<string>;
  readonly tables: readonly TableLayout[];
  /** True where every version of its rows counts, so no event may be passed over. */
  readonly versioned: boolean;
}

/** Everything folded for a person, or for a stream that concerns no person. */
export interface SubjectKind {
  readonly folds: readonly { readonly fold: Fold<unknown>; readonly versioned: boolean }[];
  readonly models: readonly ModelLayout[];
  /** Places of the models whose rows may differ after an event, by its type. */
  readonly affected: ReadonlyMap<string, readonly number[]>;
}

export interface ModelSet {
  /** The generation's id: the same for the same names, versions and tables. */
  readonly id: string;
  readonly readModels: readonly ReadModel[];
  readonly person: SubjectKind;
  readonly stream: SubjectKind;
  readonly tables: readonly TableLayout[];
}

/** The person of an event, or its stream where it concerns nobody. */
export const subjectOf = (event: RecordedEvent): string => event.person ?? event.stream;

export const kindOf = (set: ModelSet, event: RecordedEvent): SubjectKind =>
  event.person === undefined ? set.stream : set.person;

const none: readonly number[] = [];

export const modelsAfter = ({ affected }: SubjectKind, type: string): readonly number[] => affected.get(type) ?? none;

/** @throws Error where a definition contradicts itself or another one */
export function modelSet(readModels: readonly ReadModel[]): ModelSet {
  const layouts = new Map(readModels.map((model) => [model, model.tables.map(layoutOf)]));
  const tables = [...layouts.values()].flat();
  distinct('read model', readModels.map((model) => model.name));
  distinct('table', tables.flatMap((table) => (table.bitemporal ? [table.name, `${table.name}_past`] : [table.name])));
  const kind = (subject: ReadModel['subject']) =>
    kindLayout(readModels.filter((model) => model.subject === subject), layouts);
  return { id: generationId(readModels), readModels, person: kind('person'), stream: kind('stream'), tables };
}

function generationId(readModels: readonly ReadModel[]): string {
  const described = readModels
    .map(({ name, version, tables }) => JSON.stringify([name, version, tables]))
    .sort();
  return createHash('sha256').update(JSON.stringify([ENGINE_FORMAT, described])).digest('hex').slice(0, 16);
}

function kindLayout(models: readonly ReadModel[], layouts: Map<ReadModel, TableLayout[]>): SubjectKind {
  const folds = [...new Set(models.map((model) => model.fold))];
  const laidOut = models.map((model): ModelLayout => {
    const tables = layouts.get(model) ?? [];
    return {
      model,
      fold: folds.indexOf(model.fold),
      affectedBy: new Set(model.affectedBy),
      tables,
      versioned: tables.some((table) => table.bitemporal),
    };
  });
  const types = new Set(models.flatMap((model) => model.affectedBy));
  const after = (type: string) => models.flatMap((model, m) => (model.affectedBy.includes(type) ? [m] : []));
  return {
    models: laidOut,
    affected: new Map([...types].map((type) => [type, after(type)])),
    folds: folds.map((fold, i) => ({ fold, versioned: laidOut.some((model) => model.fold === i && model.versioned) })),
  };
}

const identifier = /^[a-z][a-zA-Z0-9_]*$/;
const engineTables = ['checkpoint', 'generation', 'subject_stream', 'quarantine', 'known_at'];
const engineColumns = ['known_from', 'known_to'];

function layoutOf(table: Table): TableLayout {
  const columns = Object.keys(table.columns);
  const place = (column: string): number => {
    const at = columns.indexOf(column);
    if (at < 0) throw new Error(`table ${table.name} has no column ${column}`);
    return at;
  };
  for (const name of [table.name, ...columns]) {
    if (!identifier.test(name)) throw new Error(`"${name}" cannot name a table or a column`);
  }
  if (engineTables.includes(table.name)) throw new Error(`the engine itself has a table ${table.name}`);
  const taken = columns.find((column) => engineColumns.includes(column));
  if (taken) throw new Error(`table ${table.name}: ${taken} is written by the engine`);
  if (table.key.length === 0) throw new Error(`table ${table.name} has no key`);
  const indexes = table.indexes ?? [];
  const learned = table.learned ?? [];
  [...indexes.flat(), ...learned].forEach(place);
  return {
    name: table.name,
    columns,
    types: Object.values(table.columns),
    key: table.key.map(place),
    indexes,
    learned,
    bitemporal: table.history === 'bitemporal',
  };
}

function distinct(what: string, names: readonly string[]): void {
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice) throw new Error(`${what} ${twice} is defined twice`);
}
