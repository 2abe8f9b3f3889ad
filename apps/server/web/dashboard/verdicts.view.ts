import type { Dashboard, VerdictFigure } from '#metrics';
import { verdicts } from '#pathway';
import { boundaryWords, inSentence, missingWords } from '#web';
import type { Cell } from './dashboard.view.js';

export interface VerdictsView {
  readonly id: string;
  readonly title: string;
  readonly meaning: string;
  readonly definition: string;
  /** The table in one plain sentence. */
  readonly sentence: string;
  readonly lines: readonly {
    readonly boundary: string;
    readonly contacted: Cell;
    /** In the order of the heads of the table. */
    readonly counts: readonly Cell[];
    readonly share: string;
    readonly missing: readonly Cell[];
  }[];
}

/** What receivers said of the handovers, by boundary; who said nothing stands apart. */
export function verdictsView(
  { metric, lines }: Dashboard['verdicts'],
  link: (text: string, href: string) => Cell,
): VerdictsView {
  const count = (n: number, href: string): Cell =>
    n === 0 ? { text: '0', href: null } : link(n.toLocaleString('en-GB'), href);
  return {
    id: metric.id,
    title: metric.title,
    meaning: metric.meaning,
    definition: `/metrics/${metric.id}`,
    sentence: verdictSentence(lines[0]?.value),
    lines: lines.map(({ value, href, by, missing }) => ({
      boundary: value.boundary === null ? 'All boundaries' : boundaryWords(value.boundary),
      contacted: count(value.contacted, href),
      counts: verdicts.map((verdict) => count(value.by[verdict], by[verdict])),
      share: value.proportion === null ? 'nobody said' : `${Math.round(value.proportion * 100)}%`,
      missing: value.missing.map(({ what, count: n }, i) => link(`${missingWords[what]} ${n}`, missing[i]!)),
    })),
  };
}

export function verdictSentence(figure: VerdictFigure | undefined): string {
  if (!figure || figure.contacted === 0) return 'No handover of this period has had its first contact.';
  const { contacted, said, by, proportion, missing } = figure;
  const all = `${contacted.toLocaleString('en-GB')} first ${contacted === 1 ? 'contact' : 'contacts'}`;
  if (proportion === null) return `Of ${all}, none says how the person was found.`;
  const share = `Of ${said.toLocaleString('en-GB')} ${said === 1 ? 'receiver' : 'receivers'} who said, ${by.yes.toLocaleString('en-GB')} found the person as described (${Math.round(proportion * 100)}%), ${by.partly} partly and ${by.no} not.`;
  const silent = by.notSaid === 0 ? '' : ` Of ${all}, ${by.notSaid.toLocaleString('en-GB')} did not say.`;
  const most = missing[0] ? ` Missing most often: ${inSentence(missingWords[missing[0].what])}.` : '';
  return share + silent + most;
}
