export {
  coverage,
  dashboard,
  dashboardReadModels,
  type AnswerLine,
  type ClockTable,
  type Coverage,
  type Dashboard,
  type DashboardRequest,
  type Linked,
  type VerdictLine,
} from './dashboard.js';
export type { CaseBehind, CasesRequest, MetricDefinition, MetricRequest, MetricScope } from './definition.js';
export { answerFigures, type AnswerFigure, type AnswerFigures } from './handovers/answer-figures.js';
export type { ClockFigure, ClockFigures } from './handovers/clock-figures.js';
export type { Verdict, VerdictFigure, VerdictFigures } from './handovers/verdict-figures.js';
export type { Proportion } from './metrics/readmission-30x24h.js';
export { handoverMetrics, metricDefinition, metricDefinitions, type MetricValue } from './registry.js';
export { kaplanMeierMedian } from './statistics/kaplan-meier.js';
export { quantile } from './statistics/quantile.js';
