/** One line of `npm run bench` (DESIGN 10). */
export interface Measurement {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** The same unit, measured in the same run. */
  readonly baseline: number;
  readonly ratio: number;
  readonly details: Readonly<Record<string, number | string>>;
}

/** The value below which the share `p` (0 to 1) of the samples lies. */
export function percentile(samples: readonly number[], p: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))] ?? Number.NaN;
}

export const round = (value: number, digits = 2): number => Number(value.toFixed(digits));
