/**
 * Median time to an answer when some offers have none yet (FACTS 3.1). Leaving open offers out makes a slow boundary
 * look fast, because the slowest are the ones still waiting; the product-limit estimator (Kaplan and Meier, 1958)
 * lets each open offer count for as long as it has waited.
 *
 * An answer and an end without one at the same moment: the answer comes first.
 *
 * @param answered times to an answer, ascending
 * @param unanswered times after which we stopped knowing: still open, or ended in another way; ascending
 * @returns the smallest time by which at least half are answered; null where fewer than half ever are, so that nobody
 * reads a number into what is not known
 */
export function kaplanMeierMedian(answered: ArrayLike<number>, unanswered: ArrayLike<number>): number | null {
  let waiting = answered.length + unanswered.length;
  let share = 1;
  for (let a = 0, u = 0; a < answered.length;) {
    const time = answered[a]!;
    for (; u < unanswered.length && unanswered[u]! < time; u++) waiting--;
    const first = a;
    while (a < answered.length && answered[a] === time) a++;
    share *= 1 - (a - first) / waiting;
    // A product of fractions misses one half by rounding.
    if (share <= 0.5 + 1e-12) return time;
    waiting -= a - first;
  }
  return null;
}
