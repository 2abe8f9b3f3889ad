import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Chance that repeats: the same seed and label draw the same numbers, whatever others drew in between. */
export class Chance {
  private readonly generator;

  constructor(seed: number, label: number) {
    // Labels are neighbours; spread them, or neighbouring lives look alike.
    this.generator = xoroshiro128plus((Math.imul(seed | 0, 0x9e3779b1) ^ Math.imul(label | 0, 0x85ebca6b)) | 0);
    for (let i = 0; i < 8; i++) uniformInt(this.generator, 0, 1);
  }

  /** Both ends included. */
  whole(from: number, to: number): number {
    return uniformInt(this.generator, from, to);
  }

  /** True in that share of cases. */
  share(probability: number): boolean {
    return uniformFloat64(this.generator) < probability;
  }

  /** @throws RangeError the list is empty */
  one<T>(list: readonly T[]): T {
    if (list.length === 0) throw new RangeError('nothing to choose from');
    return list[uniformInt(this.generator, 0, list.length - 1)]!;
  }

  /**
   * How long something takes, in milliseconds: most are near the median, some take far longer, as waits in care do
   * (log-normal).
   */
  wait(medianMillis: number, spread = 0.8): number {
    const u = Math.max(uniformFloat64(this.generator), 1e-12);
    const normal = Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * uniformFloat64(this.generator));
    return Math.round((medianMillis * Math.exp(spread * normal)) / 60_000) * 60_000;
  }
}
