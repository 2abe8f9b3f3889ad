import { civilDate, type Instant } from '#kernel';
import type { ClockFigure } from '#metrics';
import {
  allDefinitions,
  changesBetween,
  criterionNames,
  definition,
  momentWords,
  nameOn,
  type Change,
  type Criterion,
  type Label,
  type PathwayDefinition,
} from '#pilots';
import { labelWords, longDate, referrerWords, sectorWords, shortDuration } from '#web';
import { mapView, type MapView } from './map.view.js';

/** A rule, how it is known and where from: a reader must be able to tell a fact from an assumption. */
export interface RuleView {
  readonly title: string;
  readonly words: string;
  readonly more: readonly string[];
  readonly known: string;
  readonly source: string;
}

export interface PathwayPage extends MapView {
  readonly heading: string;
  readonly caption: string;
  readonly summary: string;
  readonly pilots: readonly { readonly name: string; readonly href: string | null }[];
  readonly sentence: string;
  /** Whose figures stand on the map, of which time; why there are none, where there are none. */
  readonly measured: string;
  readonly hasFigures: boolean;
  readonly criteria: readonly RuleView[];
  readonly rules: readonly RuleView[];
  readonly versions: readonly { readonly text: string; readonly href: string; readonly current: boolean }[];
  readonly changesTitle: string | null;
  readonly changes: readonly ChangeView[];
}

interface ChangeView {
  readonly about: string;
  readonly before: string;
  readonly after: string;
}

/** Figures of a pilot that this visitor may see, by boundary. */
export interface Measured {
  readonly pilot: string;
  readonly total: ClockFigure;
  readonly byBoundary: ReadonlyMap<string, ClockFigure>;
}

export interface Looked {
  readonly now: Instant;
  readonly measured: Measured | undefined;
  /** Whose dashboards this visitor may open. */
  mayOpen(pilot: string): boolean;
}

export function pathwayPage(shown: PathwayDefinition, { now, measured, mayOpen }: Looked): PathwayPage {
  const { id, version, title, summary, effectiveFrom, pilots, eligibility } = shown;
  const today = civilDate(now);
  const all = allDefinitions().filter((one) => one.id === id);
  const before = definition(id, version - 1);
  return {
    heading: title,
    caption: `Pathway, version ${version} of ${all.length}, for referrals from ${longDate(effectiveFrom)}`,
    summary,
    pilots: pilots.map((pilot) => ({
      name: nameOn(pilot, today),
      href: mayOpen(pilot) ? `/pilots/${pilot}` : null,
    })),
    sentence: mapSentence(shown),
    measured: measuredSentence(measured, today),
    hasFigures: measured !== undefined,
    ...mapView(shown, today, measured?.byBoundary),
    criteria: eligibility.map(criterionView),
    rules: rulesOf(shown),
    versions: all.map((one) => ({
      text: `Version ${one.version}, from ${longDate(one.effectiveFrom)}`,
      href: `/pathways/${id}?version=${one.version}`,
      current: one.version === version,
    })),
    changesTitle: before ? `What changed since version ${before.version}` : null,
    changes: before ? changesBetween(before, shown).map(changeView) : [],
  };
}

/** The map in one plain sentence or two. */
export function mapSentence({ stages, transitions, start }: PathwayDefinition): string {
  const crossed = new Set(stages.map(({ sector }) => sector));
  const handovers = transitions.filter(({ kind }) => kind === 'handoff').length;
  const first = stages.find(({ id }) => id === start)!;
  return `Everybody begins at “${first.title}” (${sectorWords[first.sector]}). From there ${stages.length - 1} other stages in ${crossed.size} sectors can be reached, and at ${handovers} places another service is asked to take over.`;
}

function measuredSentence(measured: Measured | undefined, today: string): string {
  if (!measured) return 'How long handovers take is shown to those who may see the figures of a pilot that runs it.';
  const { pilot, total } = measured;
  const name = nameOn(pilot, today);
  if (total.started === 0) return `${name} offered no handover in the last 12 months.`;
  const half =
    total.median === null ? 'none has been accepted' : `half were accepted within ${shortDuration(total.median)}`;
  return `In the last 12 months ${name} offered ${total.started.toLocaleString('en-GB')} handovers; ${half}. Figures on an arrow are of all handovers between these two sectors: arrows between the same two show the same.`;
}

interface Told {
  readonly words: string;
  readonly label: Label;
  readonly source: string;
}

const rule = (title: string, { words, label, source }: Told, more: readonly string[] = []): RuleView => ({
  title,
  words,
  more,
  known: labelWords[label],
  source,
});

const criterionView = (criterion: Criterion): RuleView =>
  rule(
    criterionNames[criterion.code],
    criterion,
    criterion.code === 'diagnosis'
      ? [
          `Codes that mean it: ${criterion.codes.system} ${criterion.codes.list.join(', ')}. ${labelWords[criterion.codes.label]}. ${criterion.codes.source}.`,
        ]
      : [],
  );

function rulesOf({
  enrolment,
  indexDate,
  handoffs,
  referrals,
  planReview,
  sharing,
}: PathwayDefinition): readonly RuleView[] {
  return [
    rule('Enrolment', enrolment, [
      `Who may refer: ${enrolment.openTo.map((code) => referrerWords[code as keyof typeof referrerWords]).join('; ')}.`,
      enrolment.on ? `Enrolled ${momentWords[enrolment.on]}.` : 'What enrols a person is not said in this version.',
    ]),
    rule('Index date: the day from which before and after are counted', indexDate, [
      `Set ${momentWords[indexDate.rule]}.`,
    ]),
    rule('Who may hand over to whom', handoffs),
    ...(sharing ? [rule('What may be told outside health and social care', sharing)] : []),
    rule('Declining a referral', referrals, [
      `Reasons: ${referrals.declineReasons.map(({ title }) => title).join('; ')}.`,
    ]),
    rule('Review of the care plan', planReview),
  ];
}

const changeView = ({ about, before, after }: Change): ChangeView => ({
  about: about.charAt(0).toUpperCase() + about.slice(1),
  before: before ?? 'Nothing: it is new',
  after: after ?? 'Nothing: it was left out',
});
