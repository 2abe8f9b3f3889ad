/**
 * A journey as lanes by sector: bars say who was responsible, marks say what happened. A pure function to SVG; the list
 * beside it says the same in words. No inline style: colours come from the style sheet, by class.
 */
import { civilDate, elapsed, wallClock, type Instant } from '#kernel';
import { longDate } from '../dates.js';
import { escapeXml } from './escape.js';

export interface Swimlanes {
  readonly title: string;
  /** In the order in which they stand, the first on top. */
  readonly lanes: readonly { readonly id: string; readonly label: string }[];
  readonly bars: readonly {
    /** Undefined where nobody was responsible: it goes across all lanes. */
    readonly lane?: string;
    readonly from: Instant;
    readonly to: Instant;
    readonly label: string;
    readonly alarmed: boolean;
  }[];
  readonly marks: readonly {
    readonly lane: string;
    readonly at: Instant;
    readonly label: string;
    readonly flagged: boolean;
  }[];
  readonly from: Instant;
  readonly to: Instant;
}

const WIDTH = 960;
const LEFT = 216;
const RIGHT = 16;
const TOP = 8;
const LANE = 52;
const AXIS = 34;

const round = (n: number): string => String(Math.round(n * 10) / 10);

export function swimlanes({ title, lanes, bars, marks, from, to }: Swimlanes): string {
  const span = Math.max(1, elapsed(from, to));
  const inner = WIDTH - LEFT - RIGHT;
  const x = (at: Instant): number => LEFT + (Math.min(Math.max(elapsed(from, at), 0), span) / span) * inner;
  const top = (lane: string): number =>
    TOP +
    Math.max(
      0,
      lanes.findIndex(({ id }) => id === lane),
    ) *
      LANE;
  const height = TOP + lanes.length * LANE + AXIS;
  const floor = height - AXIS;

  const rows = lanes.map(
    ({ id, label }, i) =>
      `<rect class="tc-lane${i % 2 ? ' tc-lane--odd' : ''}" x="0" y="${top(id)}" width="${WIDTH}" height="${LANE}"/>` +
      `<text class="tc-lane__label" x="8" y="${top(id) + LANE / 2 + 7}">${escapeXml(label)}</text>`,
  );
  const held = bars.map(({ lane, from: start, to: end, label, alarmed }) => {
    const y = lane === undefined ? TOP : top(lane) + 8;
    const tall = lane === undefined ? floor - TOP : LANE - 16;
    const wide = Math.max(2, x(end) - x(start));
    return `<rect class="tc-bar${alarmed ? ' tc-bar--nobody' : ''}" x="${round(x(start))}" y="${y}" width="${round(wide)}" height="${tall}"><title>${escapeXml(label)}</title></rect>`;
  });
  const dots = marks.map(
    ({ lane, at, label, flagged }) =>
      `<circle class="tc-mark${flagged ? ' tc-mark--flagged' : ''}" cx="${round(x(at))}" cy="${top(lane) + LANE / 2}" r="8"><title>${escapeXml(label)}</title></circle>`,
  );
  const axis =
    `<line class="tc-axis" x1="${LEFT}" y1="${floor}" x2="${WIDTH - RIGHT}" y2="${floor}"/>` +
    `<text class="tc-axis__label" x="${LEFT}" y="${height - 8}">${escapeXml(moment(from))}</text>` +
    `<text class="tc-axis__label tc-axis__label--end" x="${WIDTH - RIGHT}" y="${height - 8}">${escapeXml(moment(to))}</text>`;
  return (
    `<svg class="tc-swimlanes" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="swimlanes-title">` +
    `<title id="swimlanes-title">${escapeXml(title)}</title>${rows.join('')}${held.join('')}${dots.join('')}${axis}</svg>`
  );
}

const moment = (at: Instant): string => `${longDate(civilDate(at))}, ${wallClock(at)}`;
