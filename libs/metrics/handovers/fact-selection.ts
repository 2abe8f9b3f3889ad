import { asKnown } from '#projections';
import { handoffFacts, type HandoffClockName } from '#pathway';
import type { MetricRequest } from '../definition.js';

type Params = Readonly<Record<string, string | number>>;

export interface Selection {
  /** What stands after FROM for the facts that a request is about. */
  readonly from: string;
  /**
   * The same in parts that have no fact in common: what is still known, and what was known then and no longer. Adding
   * up each by its index and the two together is a third faster than adding up their union.
   */
  readonly parts: readonly string[];
  readonly params: Params;
}

export function selection(clock: HandoffClockName, request: MetricRequest): Selection {
  const { pilot, from, to, boundary, knownAt } = request;
  const wanted: readonly (readonly [condition: string, name: string, value: string | undefined])[] = [
    ['metric = :metric', 'metric', clock],
    ['day >= :from', 'from', from],
    ['day < :to', 'to', to],
    ['pilot = :pilot', 'pilot', pilot],
    ['boundary = :boundary', 'boundary', boundary],
  ];
  const asked = wanted.filter(([, , value]) => value !== undefined);
  const conditions = asked.map(([condition]) => condition).join(' AND ');
  const { name } = handoffFacts;
  const known = [
    `${name} WHERE ${conditions} AND known_from <= :ordinal`,
    `${name}_past WHERE ${conditions} AND known_from <= :ordinal AND known_to > :ordinal`,
  ];
  return {
    from: `${knownAt === undefined ? name : asKnown(handoffFacts)} WHERE ${conditions}`,
    parts: knownAt === undefined ? [`${name} WHERE ${conditions}`] : known,
    params: {
      ...Object.fromEntries(asked.map(([, name, value]) => [name, value!])),
      ...(knownAt !== undefined && { ordinal: knownAt }),
    },
  };
}
