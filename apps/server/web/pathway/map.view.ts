import { boundary, sectors, type Boundary, type CivilDate } from '#kernel';
import type { ClockFigure } from '#metrics';
import { targetFor, type PathwayDefinition, type TargetUrgency, type Way } from '#pilots';
import { pathwayMap, sectorWords, shortDuration, waysInOrder, type MapStage, type MapWay } from '#web';

/** What the map draws, in words: one line a handover. */
export interface HandoverLine {
  readonly number: number;
  readonly title: string;
  readonly from: string;
  readonly to: string;
  readonly seen: string;
  readonly answered: string;
  /** Of the whole boundary, since two ways may cross the same one; absent where no figures are shown. */
  readonly offered?: string;
  readonly half?: string;
}

export interface OtherLine {
  readonly title: string;
  readonly from: string;
  readonly to: string;
  readonly what: string;
}

export interface MapView {
  readonly picture: string;
  readonly handovers: readonly HandoverLine[];
  readonly others: readonly OtherLine[];
}

/** Answers asked for at once are rare; the others stand on the map. */
const SHOWN = ['urgent', 'soon', 'routine'] as const satisfies readonly TargetUrgency[];

const kindWords = {
  step: 'The same service goes on',
  admission: 'Into hospital: it holds while the stay lasts',
  return: 'Home again, to whoever led before',
} as const satisfies Record<Exclude<Way['kind'], 'handoff'>, string>;

type Figures = ReadonlyMap<string, ClockFigure>;

/** @param figures of the last twelve months by boundary, where this visitor may see them */
export function mapView(definition: PathwayDefinition, day: CivilDate, figures: Figures | undefined): MapView {
  const { stages, transitions, title } = definition;
  const drawn = stages.map(mapStage(definition.start));
  const arrows = new Map(transitions.map((way) => [mapWay(way, day, figures), way]));
  const numbers = waysInOrder(drawn, [...arrows.keys()]).filter(({ kind }) => kind === 'handoff');
  const lanes = sectors.filter((sector) => stages.some((stage) => stage.sector === sector));
  const stageOf = (id: string) => stages.find((stage) => stage.id === id)!;
  const place = (id: string): string => `${stageOf(id).title} (${sectorWords[stageOf(id).sector]})`;
  return {
    picture: pathwayMap({
      title: `Map of the pathway: ${title}. The tables below say the same.`,
      lanes: lanes.map((id) => ({ id, label: sectorWords[id] })),
      stages: drawn,
      ways: [...arrows.keys()].map((arrow) => {
        const number = numbers.indexOf(arrow) + 1;
        return number > 0 ? { ...arrow, number } : arrow;
      }),
      heading: ['What is asked', 'Answer wanted: urgent, soon, routine'],
    }),
    handovers: numbers
      .map((arrow) => arrows.get(arrow)!)
      .map((way, i) => ({
        number: i + 1,
        title: way.title,
        from: place(way.from),
        to: place(way.to),
        seen: targetWords(way, day, 'acknowledge'),
        answered: targetWords(way, day, 'accept'),
        ...(figures && figureCells(figures.get(crossing(way)))),
      })),
    others: transitions.flatMap(({ kind, from, to, title: what }) =>
      kind === 'handoff'
        ? []
        : [{ title: what, from: place(from), to: place(to), what: otherWords(kind, stageOf(to).kind) }],
    ),
  };
}

const otherWords = (kind: keyof typeof kindWords, to: string): string =>
  kind === 'step' && to === 'end' ? 'The pathway ends' : kindWords[kind];

const mapStage =
  (start: string) =>
  ({ id, sector, title, kind }: PathwayDefinition['stages'][number]): MapStage => ({
    id,
    lane: sector,
    label: title,
    kind: id === start ? 'start' : kind === 'end' || kind === 'hospital' ? kind : 'stage',
  });

function mapWay(way: Way, day: CivilDate, figures: Figures | undefined): MapWay {
  const { from, to, kind, title } = way;
  if (kind !== 'handoff') return { from, to, kind: kind === 'step' ? 'step' : 'hospital', lines: [title] };
  return {
    from,
    to,
    kind,
    lines: [title, `${targetWords(way, day, 'accept')}${figures ? measured(figures.get(crossing(way))) : ''}`],
  };
}

/** Both are there: the graph of every released definition was checked. */
const crossing = ({ sender, receiver }: Way): Boundary => boundary(sender!, receiver!);

/** `30 min, 4 h, 16 h` */
export function targetWords(way: Way, day: CivilDate, clock: 'acknowledge' | 'accept'): string {
  const target = targetFor(crossing(way), day).minutes;
  return SHOWN.map((urgency) => openingTime(target[urgency][clock])).join(', ');
}

/** Of opening hours, so never in days. */
const openingTime = (minutes: number): string => (minutes % 60 === 0 ? `${minutes / 60} h` : `${minutes} min`);

const measured = (figure: ClockFigure | undefined): string =>
  figure && figure.started > 0
    ? `; half took ${figure.median === null ? 'no time known' : shortDuration(figure.median)} (${figure.started})`
    : '; none in 12 months';

const figureCells = (figure: ClockFigure | undefined) => ({
  offered: (figure?.started ?? 0).toLocaleString('en-GB'),
  half: figure && figure.median !== null ? shortDuration(figure.median) : 'none',
});
