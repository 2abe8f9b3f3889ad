import type { CaseBehind, CasesRequest, MetricDefinition, Verdict } from '#metrics';
import { verdicts } from '#pathway';
import {
  boundaryWords,
  clockOutcomeWords,
  dateAndTime,
  duration,
  inSentence,
  longDate,
  missingWords,
  reportStandingWords,
  shortDuration,
  strengthWords,
  verdictWords,
  type Posted,
} from '#web';
import { addDays, minutes } from '#kernel';

export const PER_PAGE = 50;

export interface CasesPage {
  readonly heading: string;
  readonly sentence: string;
  readonly lines: readonly {
    readonly person: string;
    readonly href: string | null;
    readonly boundary: string;
    readonly started: string;
    readonly ended: string;
    readonly took: string;
    readonly outcome: string;
    readonly late: string;
    readonly events: readonly string[];
  }[];
  readonly back: string;
  readonly previous: string | null;
  readonly next: string | null;
}

const outcomeWords: Readonly<Record<string, string>> = { ...clockOutcomeWords, ...verdictWords };
const isVerdict = (outcome: string | undefined): outcome is Verdict => verdicts.some((one) => one === outcome);

/** What was written more than this after it happened says so. */
const LATE = minutes(15);

/** @param cases one more than a page, where there are more */
export function casesPage(
  metric: Pick<MetricDefinition, 'title'>,
  asked: CasesRequest,
  cases: readonly CaseBehind[],
  { path, query, mayOpen }: { path: string; query: Posted; mayOpen: boolean },
): CasesPage {
  const { pilot, boundary, outcome, answeredAs, report, missing, from, to, offset = 0, asAt } = asked;
  const at = (start: number): string =>
    `${path}?${new URLSearchParams({ ...query, offset: String(start) }).toString()}`;
  const which = [
    ...(outcome === 'open' ? ['Still open'] : []),
    ...(answeredAs ? [`Answered ${inSentence(strengthWords[answeredAs])}`] : []),
    ...(report ? [reportStandingWords[report]] : []),
    ...(isVerdict(outcome) ? [verdictWords[outcome]] : []),
    ...(missing ? [`Missing: ${inSentence(missingWords[missing])}`] : []),
  ];
  const where = boundary === undefined ? 'all boundaries' : boundaryWords(boundary);
  const period =
    from === undefined || to === undefined ? 'of any age' : `from ${longDate(from)} to ${longDate(addDays(to, -1))}`;
  return {
    heading: metric.title,
    sentence: `${which.map((words) => `${words}, `).join('')}${where}, ${period}, the longest waiting first. Each line names the entries that it was made from.`,
    lines: cases.slice(0, PER_PAGE).map((one) => ({
      person: `Person ${one.person.slice(0, 8)}`,
      href: mayOpen && one.journey !== null ? `/journeys/${one.journey}` : null,
      boundary: one.boundary === null ? '' : boundaryWords(one.boundary),
      started: dateAndTime(one.startedAt),
      ended: one.endedAt === null ? 'Not yet' : dateAndTime(one.endedAt),
      took:
        one.value !== null
          ? shortDuration(one.value)
          : one.outcome === 'open'
            ? `${shortDuration(Date.parse(asAt) - Date.parse(one.startedAt))} so far`
            : 'no time',
      outcome: outcomeWords[one.outcome] ?? one.outcome,
      late: one.lateness > LATE ? `Recorded ${duration(one.lateness)} late` : '',
      events: one.events,
    })),
    back: pilot === undefined ? '/pilots' : `/pilots/${pilot}`,
    previous: offset > 0 ? at(Math.max(0, offset - PER_PAGE)) : null,
    next: cases.length > PER_PAGE ? at(offset + PER_PAGE) : null,
  };
}
