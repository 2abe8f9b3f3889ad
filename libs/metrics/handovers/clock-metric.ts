import type { HandoffClockName } from '#pathway';
import type { MetricDefinition } from '../definition.js';
import { clockFigures, type ClockFigures } from './clock-figures.js';
import { handoverCases } from './handover-cases.js';

type Told = Pick<
  MetricDefinition,
  'id' | 'version' | 'title' | 'meaning' | 'formula' | 'label' | 'source' | 'edgeCases'
>;

/** What holds for each of the five clocks (FACTS 3.1). */
const always = [
  'The time of an event is when it happened, however late it was written down; lateness is shown beside it.',
  'A handover belongs to the London day on which its clock started.',
  'A moment known only by its day gives no time in hours: the handover is counted, and counted as without a time.',
  'A change of sector inside one organisation is a boundary.',
  'Median and 90th percentile interpolate linearly between the closest ranks (type 7, as SQLite and spreadsheets do).',
  'The other median counts open and otherwise ended ones for as long as they waited (Kaplan and Meier).',
  'Of the target are judged all but those still open and not yet due and those without a time.',
];

export const clockMetric = (clock: HandoffClockName, told: Told): MetricDefinition<ClockFigures> => ({
  ...told,
  edgeCases: [...told.edgeCases, ...always],
  unit: 'milliseconds',
  better: 'lower',
  effective: { from: '2009-04-01' },
  readModels: ['handoff-facts'],
  compute: (rows, request) => clockFigures(rows, clock, request),
  cases: (rows, request) => handoverCases(rows, clock, request),
});
