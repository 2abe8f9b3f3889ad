/**
 * Where things stand on the map of a pathway. Lanes of sectors run downwards; every way from one lane to another has a
 * row of its own, so no two arrows lie on each other and each has room for its words. A stage is a box in its lane, as
 * tall as the rows of its ways. Rows and columns only: coordinates and SVG are pathway-map.ts.
 */

export interface MapStage {
  readonly id: string;
  readonly lane: string;
  readonly label: string;
  readonly kind: 'start' | 'end' | 'hospital' | 'stage';
}

export interface MapWay {
  readonly from: string;
  readonly to: string;
  readonly kind: 'handoff' | 'hospital' | 'step';
  /** Under which the table beside it has it. */
  readonly number?: number;
  /** What stands in its row: what it is, then how long it may take and takes. */
  readonly lines: readonly string[];
}

export interface Box {
  readonly stage: MapStage;
  /** Of all columns; a lane has more than one where two of its stages share a row. */
  readonly column: number;
  /** First and last row, inclusive. */
  readonly top: number;
  readonly bottom: number;
}

export interface Layout {
  readonly rows: number;
  readonly columns: number;
  readonly lanes: readonly { readonly column: number; readonly columns: number }[];
  readonly boxes: ReadonlyMap<string, Box>;
  readonly crossing: readonly { readonly way: MapWay; readonly row: number }[];
  /** From stage to stage inside a lane: they need no row. */
  readonly inner: readonly MapWay[];
}

interface Asked {
  readonly lanes: readonly string[];
  readonly stages: readonly MapStage[];
  readonly ways: readonly MapWay[];
  /** How many rows the words of a stage need. */
  height(stage: MapStage): number;
}

/** The row of a way, or room for the words of a stage. */
type Row = { readonly way: MapWay } | { readonly roomFor: string };

type Span = Omit<Box, 'column'>;

/** The ways that have a row, from top to bottom: numbers that follow it are easy to find. */
export const waysInOrder = (stages: readonly MapStage[], ways: readonly MapWay[]): readonly MapWay[] =>
  orderedRows(stages, crossingOf(stages, ways)).flatMap((row) => ('way' in row ? [row.way] : []));

const laneIn = (stages: readonly MapStage[], id: string) => stages.find((stage) => stage.id === id)?.lane;

const crossingOf = (stages: readonly MapStage[], ways: readonly MapWay[]): readonly MapWay[] =>
  ways.filter(({ from, to, kind }) => kind !== 'step' || laneIn(stages, from) !== laneIn(stages, to));

export function layout({ lanes, stages, ways, height }: Asked): Layout {
  const crossing = crossingOf(stages, ways);
  const rows = orderedRows(stages, crossing);
  for (const stage of stages) {
    const { top, bottom } = spanOf(stage, rows);
    const missing = height(stage) - (bottom - top + 1);
    if (missing > 0) rows.splice(bottom + 1, 0, ...Array.from({ length: missing }, () => ({ roomFor: stage.id })));
  }
  return {
    rows: rows.length,
    ...inColumns(
      lanes,
      stages.map((stage) => spanOf(stage, rows)),
    ),
    crossing: rows.flatMap((row, i) => ('way' in row ? [{ way: row.way, row: i }] : [])),
    inner: ways.filter((way) => !crossing.includes(way)),
  };
}

/**
 * Ways in the order of the stages: of each, those that come from before, those that go out, those that come back. A way
 * belongs to whichever of its stages lies in the busiest lane; to the later one where both do, or neither.
 */
function orderedRows(stages: readonly MapStage[], crossing: readonly MapWay[]): Row[] {
  const index = new Map(stages.map(({ id }, i) => [id, i]));
  const at = (id: string): number => index.get(id) ?? 0;
  const laneAt = (id: string) => stages[at(id)]?.lane;
  const ends = Map.groupBy(
    crossing.flatMap(({ from, to }) => [from, to]),
    laneAt,
  );
  const [busiest] = [...ends].sort(([, a], [, b]) => b.length - a.length)[0] ?? [];
  const ownerOf = ({ from, to }: MapWay): string => {
    const [one, another] = [from, to].filter((id) => laneAt(id) === busiest);
    return one !== undefined && another === undefined ? one : at(from) > at(to) ? from : to;
  };
  const owned = Map.groupBy(crossing, ownerOf);
  const touched = new Set(crossing.flatMap(({ from, to }) => [from, to]));
  return stages.flatMap(({ id }): Row[] => {
    if (!touched.has(id)) return [{ roomFor: id }];
    const own = owned.get(id) ?? [];
    const other = (way: MapWay): number => at(way.from === id ? way.to : way.from);
    const turn = (way: MapWay): number => (way.from === id ? 1 : other(way) < at(id) ? 0 : 2);
    return own.sort((a, b) => turn(a) - turn(b) || other(a) - other(b)).map((way) => ({ way }));
  });
}

function spanOf(stage: MapStage, rows: readonly Row[]): Span {
  const isIts = (row: Row): boolean =>
    'way' in row ? row.way.from === stage.id || row.way.to === stage.id : row.roomFor === stage.id;
  return { stage, top: rows.findIndex(isIts), bottom: rows.findLastIndex(isIts) };
}

/** Stages of a lane stand below each other; where two share a row, beside each other. */
function inColumns(lanes: readonly string[], spans: readonly Span[]): Pick<Layout, 'columns' | 'lanes' | 'boxes'> {
  const boxes = new Map<string, Box>();
  let first = 0;
  const placed = lanes.map((lane) => {
    const ends: number[] = [];
    const own = spans.filter(({ stage }) => stage.lane === lane).sort((a, b) => a.top - b.top);
    for (const span of own) {
      const free = ends.findIndex((bottom) => bottom < span.top);
      const column = free < 0 ? ends.length : free;
      ends[column] = span.bottom;
      boxes.set(span.stage.id, { ...span, column: first + column });
    }
    const columns = Math.max(1, ends.length);
    const start = first;
    first += columns;
    return { column: start, columns };
  });
  return { columns: first, lanes: placed, boxes };
}
