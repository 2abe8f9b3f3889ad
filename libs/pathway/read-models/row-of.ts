import type { Table } from '#projections';

type Kind = { readonly text: string; readonly integer: number; readonly real: number };

/** A row as its table describes it; columns are null unless they are named in `Never`. */
export type RowOf<T extends Table, Never extends keyof T['columns'] = never> = {
  readonly [C in keyof T['columns']]: Kind[T['columns'][C]] | (C extends Never ? never : null);
};
