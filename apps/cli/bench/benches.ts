/** Every row of DESIGN 10 that applies, by name. Each measures itself beside a baseline of the same run. */
export interface Figure {
  readonly value: number;
  readonly unit: string;
  readonly baseline: number;
  readonly ratio: number;
  readonly details?: object;
}

export const benches: Readonly<Record<string, () => Promise<Figure>>> = {
  'append-empty': async () => (await import('../../../libs/event-store/bench/append.js')).benchAppendEmpty(),
  'append-1m': async () => (await import('../../../libs/event-store/bench/append.js')).benchAppend1m(),
  'metric-500k': async () => (await import('../../../libs/metrics/bench/metric.js')).benchMetric500k(),
  encryption: async () => (await import('#people')).benchEncryption(),
};
