/** One line of `throughcare bench`. */
export interface Figure {
  readonly value: number;
  readonly unit: string;
  /** The same unit, measured in the same run. */
  readonly baseline: number;
  /** `value` over `baseline`. */
  readonly ratio: number;
  readonly details?: object;
}

export interface BenchSize {
  /** Events in the log; 1,000,000 unless a quick try asks for less. */
  readonly events: number;
}

export type Bench = (size: BenchSize) => Promise<Figure>;

export const figure = (value: number, baseline: number, unit: string, details?: object): Figure => ({
  value: significant(value),
  unit,
  baseline: significant(baseline),
  ratio: significant(value / baseline),
  ...(details && { details }),
});

/** Four digits say more than a measurement knows. */
const significant = (value: number): number => Number(value.toPrecision(4));

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** For what was measured once before and once after. */
export const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** @param p 0 to 1 */
export function quantile(values: readonly number[], p: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))] ?? Number.NaN;
}
