import { asKnown } from '#projections';
import { handoffFacts, type HandoffClockName } from '#pathway';
import type { MetricRequest } from '../definition.js';

type Params = Readonly<Record<string, string | number>>;

/** What stands after FROM for the facts that a request is about, and the values of its parameters. */
export function selection(clock: HandoffClockName, request: MetricRequest): { readonly from: string; readonly params: Params } {
  const { pilot, from, to, boundary, knownAt } = request;
  const wanted: readonly (readonly [condition: string, name: string, value: string | undefined])[] = [
    ['metric = :metric', 'metric', clock],
    ['day >= :from', 'from', from],
    ['day < :to', 'to', to],
    ['pilot = :pilot', 'pilot', pilot],
    ['boundary = :boundary', 'boundary', boundary],
  ];
  const asked = wanted.filter(([, , value]) => value !== undefined);
  const table = knownAt === undefined ? handoffFacts.name : asKnown(handoffFacts);
  return {
    from: `${table} WHERE ${asked.map(([condition]) => condition).join(' AND ')}`,
    params: {
      ...Object.fromEntries(asked.map(([, name, value]) => [name, value!])),
      ...(knownAt !== undefined && { ordinal: knownAt }),
    },
  };
}
