/** Every metric. A new one is a file in `metrics/` and a line here. */
import type { ClockFigures } from './handovers/clock-figures.js';
import type { VerdictFigures } from './handovers/verdict-figures.js';
import type { MetricDefinition } from './definition.js';
import { acknowledgement } from './metrics/h1-acknowledgement.js';
import { acceptance } from './metrics/h2-acceptance.js';
import { gap } from './metrics/h3-gap.js';
import { firstContact } from './metrics/h4-first-contact.js';
import { asDescribed } from './metrics/as-described.js';
import { roundTrip } from './metrics/h5-round-trip.js';
import { readmission30x24h, type Proportion } from './metrics/readmission-30x24h.js';

export type MetricValue = ClockFigures | Proportion | VerdictFigures;

export const handoverMetrics: readonly MetricDefinition<ClockFigures>[] = [
  acknowledgement,
  acceptance,
  gap,
  firstContact,
  roundTrip,
];

export const metricDefinitions: readonly MetricDefinition<MetricValue>[] = [
  ...handoverMetrics,
  asDescribed,
  readmission30x24h,
];

export const metricDefinition = (id: string): MetricDefinition<MetricValue> | undefined =>
  metricDefinitions.find((definition) => definition.id === id);
