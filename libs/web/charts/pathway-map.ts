/**
 * The map of a pathway: lanes of sectors, boxes of stages, arrows of the ways between them, and in the row of each arrow
 * what it is. A pure function to SVG; the tables beside it say the same. No inline style: what an arrow is shows by its
 * line and its number, and colour only repeats it.
 */
import { escapeXml } from './escape.js';
import { layout, type Box, type MapStage, type MapWay } from './pathway-layout.js';

export interface PathwayMap {
  readonly title: string;
  /** From left to right. */
  readonly lanes: readonly { readonly id: string; readonly label: string }[];
  readonly stages: readonly MapStage[];
  readonly ways: readonly MapWay[];
  /** Above the words of the rows. */
  readonly heading: readonly string[];
}

const COLUMN = 118;
const BOX = 88;
const WORDS = 316;
const HEAD = 54;
const ROW = 42;
const LINE = 15;
/** Characters of a line in a box and at the head of a lane. */
const FITS = 11;

export function pathwayMap({ title, lanes, stages, ways, heading }: PathwayMap): string {
  const height = ({ label }: MapStage): number => Math.ceil((wrap(label).length * LINE + 20) / ROW);
  const placed = layout({ lanes: lanes.map(({ id }) => id), stages, ways, height });
  const floor = HEAD + placed.rows * ROW;
  const words = placed.columns * COLUMN;
  const width = words + WORDS;
  const boxOf = (id: string): Box => placed.boxes.get(id)!;

  const backs = placed.lanes.map(({ column, columns }, i) => {
    const middle = (column + columns / 2) * COLUMN;
    return (
      `<rect class="tc-lane${i % 2 ? ' tc-lane--odd' : ''}" x="${column * COLUMN}" y="0" width="${columns * COLUMN}" height="${floor}"/>` +
      text('tc-map__lane', middle, 20, wrap(lanes[i]!.label))
    );
  });
  const rows = placed.crossing.map(({ way, row }) => across(way, boxOf(way.from), boxOf(way.to), row, words));
  const boxes = stages.map((stage) => boxShape(boxOf(stage.id)));
  const inner = placed.inner.map((way, i) =>
    inside(way, boxOf(way.from), boxOf(way.to), i, [...placed.boxes.values()]),
  );
  return (
    `<svg class="tc-map" viewBox="0 0 ${width} ${floor}" role="img" aria-labelledby="pathway-map-title">` +
    `<title id="pathway-map-title">${escapeXml(title)}</title>${backs.join('')}` +
    text('tc-map__head', words + 12, 20, heading) +
    `${rows.map(({ line }) => line).join('')}${inner.join('')}${boxes.join('')}${rows.map(({ ends }) => ends).join('')}</svg>`
  );
}

const middleOf = ({ column }: Pick<Box, 'column'>): number => (column + 0.5) * COLUMN;
const topOf = ({ top }: Pick<Box, 'top'>): number => HEAD + top * ROW + 7;
const bottomOf = ({ bottom }: Pick<Box, 'bottom'>): number => HEAD + (bottom + 1) * ROW - 7;

/** From one lane into another, with its words. The line passes behind the boxes between. */
function across(way: MapWay, from: Box, to: Box, row: number, words: number): { line: string; ends: string } {
  const y = HEAD + (row + 0.5) * ROW;
  const side = from.column < to.column ? 1 : -1;
  const start = middleOf(from) + (side * BOX) / 2;
  const end = middleOf(to) - (side * BOX) / 2;
  const guide = Math.max(start, end);
  const label = way.number === undefined ? way.lines : [`${way.number}  ${way.lines[0] ?? ''}`, ...way.lines.slice(1)];
  return {
    line:
      `<line class="tc-map__guide" x1="${guide}" y1="${y}" x2="${words + 6}" y2="${y}"/>` +
      `<line class="tc-map__way tc-map__way--${way.kind}" x1="${start}" y1="${y}" x2="${end - side * 8}" y2="${y}"/>`,
    ends:
      head(end, y, side === 1 ? 'right' : 'left', way.kind) +
      (way.number === undefined ? '' : numbered(way.number, start + side * 7, y)) +
      text('tc-map__words', words + 12, y - (way.lines.length - 1) * 8 + 5, label),
  };
}

/** Inside a lane: straight down to the next box, else around the left of those between. */
function inside(way: MapWay, from: Box, to: Box, turn: number, all: readonly Box[]): string {
  const isNext =
    from.column === to.column &&
    from.bottom < to.top &&
    !all.some((one) => one.column === from.column && one.top > from.bottom && one.bottom < to.top);
  const x = middleOf(from);
  if (isNext) {
    const end = topOf(to);
    return (
      `<line class="tc-map__way tc-map__way--step" x1="${x}" y1="${bottomOf(from)}" x2="${x}" y2="${end - 6}"/>` +
      head(x, end, 'down', way.kind)
    );
  }
  const down = from.top < to.top;
  const start = down ? bottomOf(from) - 12 : topOf(from) + 12;
  const end = down ? topOf(to) + 12 : bottomOf(to) - 12;
  const left = middleOf(from) - BOX / 2;
  const target = middleOf(to) - BOX / 2;
  const around = Math.min(left, target) - 4 - (turn % 3) * 3;
  return (
    `<path class="tc-map__way tc-map__way--step" d="M${left} ${start}H${around}V${end}H${target - 4}"/>` +
    head(target, end, 'right', way.kind)
  );
}

function boxShape(box: Box): string {
  const { stage } = box;
  const lines = wrap(stage.label);
  const [top, bottom] = [topOf(box), bottomOf(box)];
  const x = middleOf(box);
  const round = stage.kind === 'end' || stage.kind === 'start' ? 20 : 4;
  return (
    `<rect class="tc-map__box tc-map__box--${stage.kind}" x="${x - BOX / 2}" y="${top}" width="${BOX}" height="${bottom - top}" rx="${round}"/>` +
    text('tc-map__stage', x, (top + bottom) / 2 - ((lines.length - 1) * LINE) / 2 + 4, lines)
  );
}

const numbered = (number: number, x: number, y: number): string =>
  `<circle class="tc-map__number" cx="${x}" cy="${y}" r="10"/>` +
  `<text class="tc-map__digit" x="${x}" y="${y + 4.5}">${number}</text>`;

const heads = { right: 'l-9 -5v10z', left: 'l9 -5v10z', down: 'l-5 -8h10z' } as const;

const head = (x: number, y: number, to: keyof typeof heads, kind: MapWay['kind']): string =>
  `<path class="tc-map__arrow tc-map__arrow--${kind}" d="M${x} ${y}${heads[to]}"/>`;

const text = (name: string, x: number, y: number, lines: readonly string[]): string =>
  `<text class="${name}" y="${y}">${lines
    .map((line, i) => `<tspan x="${x}"${i === 0 ? '' : ` dy="${LINE + 1}"`}>${escapeXml(line)}</tspan>`)
    .join('')}</text>`;

/** Words in lines of a dozen characters or so. */
function wrap(words: string): readonly string[] {
  const lines: string[] = [];
  for (const word of words.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < FITS) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
