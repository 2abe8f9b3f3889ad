import { addDays, civilDate, isCivilDate, type CivilDate, type Instant } from '#kernel';
import type { AnswerFigure, ClockFigure, Dashboard } from '#metrics';
import { identityStrengths, reportStandings } from '#pathway';
import { definitionsOf } from '#pilots';
import { verdictsView, type VerdictsView } from './verdicts.view.js';
import { boundaryWords, dateAndTime, duration, longDate, shortDuration } from '#web';

export interface Cell {
  readonly text: string;
  readonly href: string | null;
}

export interface ClockTableView {
  readonly id: string;
  readonly title: string;
  readonly meaning: string;
  /** The table in one plain sentence. */
  readonly sentence: string;
  readonly definition: string;
  readonly lines: readonly {
    readonly boundary: string;
    readonly started: Cell;
    readonly median: string;
    readonly p90: string;
    readonly within: string;
    readonly open: Cell;
    readonly otherwise: string;
  }[];
}

export interface AnswersView {
  /** The table in one plain sentence. */
  readonly sentence: string;
  readonly lines: readonly {
    readonly boundary: string;
    readonly answered: string;
    /** In the order of the heads of the table. */
    readonly counts: readonly Cell[];
  }[];
}

export interface DashboardPage {
  readonly heading: string;
  /** What the pilot runs, with the map of each. */
  readonly pathways: readonly Cell[];
  readonly period: string;
  readonly periods: readonly { readonly text: string; readonly href: string; readonly current: boolean }[];
  readonly csv: string;
  readonly nobody: Cell;
  readonly hospital: Cell;
  readonly waiting: readonly {
    readonly boundary: string;
    readonly open: Cell;
    readonly seen: string;
    readonly overdue: string;
    readonly oldest: string;
  }[];
  readonly waitingSentence: string;
  readonly clocks: readonly ClockTableView[];
  readonly answers: AnswersView;
  readonly verdicts: VerdictsView;
}

export interface Period {
  readonly from: CivilDate;
  readonly to: CivilDate;
}

const PRESETS = [
  { text: 'Last 30 days', days: 30 },
  { text: 'Last 3 months', days: 91 },
  { text: 'Last 12 months', days: 365 },
  { text: 'From the beginning', days: undefined },
] as const;

/** Before any pilot began. */
const BEGINNING: CivilDate = '2009-01-01';

/** The period in the address; thirty days up to today where it is none. `to` is exclusive. */
export function periodOf({ from, to }: Readonly<Record<string, string | undefined>>, now: Instant): Period {
  const end = isCivilDate(to) ? to : addDays(civilDate(now), 1);
  const start = isCivilDate(from) && from < end ? from : addDays(end, -30);
  return { from: start, to: end };
}

const inPeriod = (path: string, { from, to }: Period): string =>
  `${path}?${new URLSearchParams({ from, to }).toString()}`;

/** @param mayOpen whether this visitor may open figures into the journeys behind them */
export function dashboardPage(found: Dashboard, name: string, mayOpen: boolean): DashboardPage {
  const { pilot, from, to, asAt, now, hospital } = found;
  const path = `/pilots/${pilot}`;
  const end = addDays(civilDate(asAt), 1);
  const link = (text: string, href: string): Cell => ({ text, href: mayOpen ? href : null });
  return {
    heading: name,
    pathways: definitionsOf(pilot).map(({ id, title }) => ({ text: title, href: `/pathways/${id}?pilot=${pilot}` })),
    period: `${longDate(from)} to ${longDate(addDays(to, -1))}`,
    periods: PRESETS.map(({ text, days }) => {
      const preset = { from: days === undefined ? BEGINNING : addDays(end, -days), to: end };
      return { text, href: inPeriod(path, preset), current: preset.from === from && preset.to === to };
    }),
    csv: inPeriod(`${path}/handovers.csv`, { from, to }),
    nobody: link(String(now?.nobodyResponsible.value ?? 0), `${path}/journeys?responsible=nobody`),
    hospital: link(hospitalWords(hospital.value), hospital.href),
    waiting: (now?.waiting ?? []).map(({ value, href }) => ({
      boundary: boundaryWords(value.boundary),
      open: link(value.open.toLocaleString('en-GB'), href),
      seen: String(value.seen),
      overdue: String(value.overdue),
      oldest: duration(Date.parse(asAt) - Date.parse(value.oldestSince)),
    })),
    waitingSentence: waitingSentence(found),
    answers: answersView(found.answers, link),
    verdicts: verdictsView(found.verdicts, link),
    clocks: found.clocks.map(({ metric, lines }) => ({
      id: metric.id,
      title: metric.title,
      meaning: metric.meaning,
      sentence: clockSentence(lines[0]?.value),
      definition: `/metrics/${metric.id}`,
      lines: lines.map(({ value, href, openHref }) => ({
        boundary: value.boundary === null ? 'All boundaries' : boundaryWords(value.boundary),
        started: link(value.started.toLocaleString('en-GB'), href),
        median: short(value.median),
        p90: short(value.p90),
        within: percent(value.percentWithinTarget),
        open: value.open === 0 ? { text: '0', href: null } : link(openWords(value), openHref),
        otherwise: otherwiseWords(value),
      })),
    })),
  };
}

/** By how sure it is who answered, and what became of those without an account (ADR 0007). */
function answersView(answers: Dashboard['answers'], link: (text: string, href: string) => Cell): AnswersView {
  const count = (n: number, href: string): Cell =>
    n === 0 ? { text: '0', href: null } : link(n.toLocaleString('en-GB'), href);
  return {
    sentence: answersSentence(answers[0]?.value),
    lines: answers.map(({ value, by, reports }) => ({
      boundary: value.boundary === null ? 'All boundaries' : boundaryWords(value.boundary),
      answered: value.answered.toLocaleString('en-GB'),
      counts: [
        ...identityStrengths.map((strength) => count(value.by[strength], by[strength])),
        ...reportStandings.map((report) => count(value.reports[report], reports[report])),
      ],
    })),
  };
}

export function answersSentence(figure: AnswerFigure | undefined): string {
  if (!figure || figure.answered === 0) return 'Nothing that was offered in this period has been answered.';
  const { answered, by, reports } = figure;
  const without = by.linkWithCode + by.telephoneReport;
  const all = `Of ${answered.toLocaleString('en-GB')} ${answered === 1 ? 'answer' : 'answers'}, ${by.account.toLocaleString('en-GB')} came with an account, ${by.linkWithCode} by a link with a code, and ${by.telephoneReport} ${by.telephoneReport === 1 ? 'was' : 'were'} reported by telephone.`;
  return without === 0
    ? all
    : `${all} Of the ${without} without an account, ${reports.confirmed} ${reports.confirmed === 1 ? 'is' : 'are'} confirmed, ${reports.notConfirmed} not confirmed and ${reports.disputed} disputed.`;
}

const time = (millis: number | null): string =>
  millis === null ? 'none' : millis === 0 ? 'no time' : duration(millis);
const short = (millis: number | null): string =>
  millis === null ? 'none' : millis === 0 ? '0' : shortDuration(millis);
const percent = (value: number | null): string => (value === null ? 'no target' : `${Math.round(value)}%`);

const openWords = ({ open, oldestOpen }: ClockFigure): string =>
  `${open.toLocaleString('en-GB')}${oldestOpen ? `, the oldest ${shortDuration(oldestOpen.age)}` : ''}`;

const otherwiseWords = ({ otherwise: { declined, withdrawn, lapsed, stopped } }: ClockFigure): string =>
  [
    [declined, 'declined'],
    [withdrawn, 'withdrawn'],
    [lapsed, 'not answered in time'],
    [stopped, 'stopped'],
  ]
    .filter(([n]) => n !== 0)
    .map(([n, word]) => `${n} ${word}`)
    .join(', ') || 'none';

/** What the table says, for somebody who reads one sentence. */
export function clockSentence(figure: ClockFigure | undefined): string {
  if (!figure || figure.started === 0) return 'Nothing of this kind began in this period.';
  const { started, median, p90, percentWithinTarget, open, oldestOpen } = figure;
  const times = `Of ${started.toLocaleString('en-GB')}, ${timesWords(median, p90)}.`;
  const target = percentWithinTarget === null ? '' : ` ${percent(percentWithinTarget)} kept their target.`;
  const still =
    open === 0
      ? ' None is open.'
      : ` ${open.toLocaleString('en-GB')} ${open === 1 ? 'is' : 'are'} still open${oldestOpen ? `, the oldest for ${duration(oldestOpen.age)}` : ''}.`;
  return times + target + still;
}

function timesWords(median: number | null, p90: number | null): string {
  if (median === null) return 'none has ended with a time';
  if (p90 === 0) return 'at least 9 in 10 took no time at all';
  if (median === 0) return `at least half took no time, and 9 in 10 took ${time(p90)} or less`;
  return `half took ${time(median)} or less, and 9 in 10 took ${time(p90)} or less`;
}

function waitingSentence({ now, asAt }: Dashboard): string {
  const waiting = now?.waiting ?? [];
  const open = waiting.reduce((sum, { value }) => sum + value.open, 0);
  if (open === 0) return 'No offer waits for an answer.';
  const oldest = waiting.map(({ value }) => value.oldestSince).sort()[0]!;
  return `${open.toLocaleString('en-GB')} ${open === 1 ? 'offer waits' : 'offers wait'} for an answer, the oldest since ${dateAndTime(oldest)} (${duration(Date.parse(asAt) - Date.parse(oldest))}).`;
}

export function hospitalWords({ inHospital, ready, delayed, delayNights }: Dashboard['hospital']['value']): string {
  const nights =
    delayed === 0 ? '' : ` ${delayed} of them have waited for at least one night, ${delayNights} nights together.`;
  return `${inHospital} in hospital; ${ready} of them ready to leave and still there.${nights}`;
}

const quoted = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** The clocks as a file: times in seconds, nothing rounded. */
export function clocksCsv({ clocks, answers, pilot, from, to }: Dashboard): string {
  const head = [
    'pilot',
    'from',
    'to',
    'metric',
    'version',
    'boundary',
    'started',
    'timed',
    'median_seconds',
    'p90_seconds',
    'within_target',
    'judged',
    'open',
    'overdue',
    'oldest_open_since',
    'declined',
    'withdrawn',
    'lapsed',
    'stopped',
    'answered_with_account',
    'answered_by_link',
    'reported_by_telephone',
    'not_confirmed',
    'confirmed',
    'disputed',
  ];
  const noAnswers = ['', '', '', '', '', ''];
  const answersIn = (boundary: string | null): readonly number[] => {
    const found = answers.find(({ value }) => value.boundary === boundary)?.value;
    return [
      ...identityStrengths.map((strength) => found?.by[strength] ?? 0),
      ...reportStandings.map((report) => found?.reports[report] ?? 0),
    ];
  };
  const seconds = (millis: number | null): string => (millis === null ? '' : String(millis / 1000));
  const lines = clocks.flatMap(({ metric, lines: figures }) =>
    figures.map(({ value }) => [
      pilot,
      from,
      addDays(to, -1),
      metric.id,
      metric.version,
      value.boundary ?? 'all',
      value.started,
      value.timed,
      seconds(value.median),
      seconds(value.p90),
      value.withinTarget,
      value.judged,
      value.open,
      value.overdue,
      value.oldestOpen?.since ?? '',
      value.otherwise.declined,
      value.otherwise.withdrawn,
      value.otherwise.lapsed,
      value.otherwise.stopped,
      ...(metric.id === 'h2-acceptance' ? answersIn(value.boundary) : noAnswers),
    ]),
  );
  return [head, ...lines].map((line) => line.map((cell) => quoted(String(cell))).join(',')).join('\r\n') + '\r\n';
}
