import { verdicts } from '#pathway';
import type { MetricDefinition } from '../definition.js';
import { handoverCases } from '../handovers/handover-cases.js';
import { verdictFigures, type VerdictFigures } from '../handovers/verdict-figures.js';

/** How good a handover was, said by whoever received it: the other metrics say how fast it was. */
export const asDescribed: MetricDefinition<VerdictFigures> = {
  id: 'as-described',
  version: 1,
  title: 'As the handover described',
  meaning:
    'Of the first contacts after which the receiver said so, how many found the person as the handover had described.',
  formula:
    'First contacts with the verdict "yes", of those with any verdict ("yes", "partly" or "no"). Those without one are shown apart, and are in neither number.',
  unit: 'proportion',
  better: 'higher',
  label: 'ours',
  source: 'SCENARIOS, what an offer carries; hazard H27; the list of what may be missing is our own',
  effective: { from: '2009-04-01' },
  edgeCases: [
    'No verdict given is no praise: it counts neither as described nor as not, and its number stands beside the share.',
    '"Partly" is not "yes": it stays in the denominator and out of the numerator.',
    'Where no receiver gave a verdict there is no share, not 0 and not 100 percent.',
    'The share always stands beside the counts that it is made of: 1 of 2 is shown as that.',
    'What was missing is counted where the receiver named it; one thing a first contact, the one missed most.',
    'A handover belongs to the London day on which the receiver became responsible, as in the time until the first contact: both count the same handovers.',
    'A death or a closed journey before the first contact: nobody found anything, and the handover is not counted.',
    'A first contact made in error, or moved to another record, takes its verdict with it from then on; as known before, it stays.',
    'A first contact known only by its day counts: a verdict needs no clock.',
  ],
  readModels: ['handoff-facts'],
  compute: verdictFigures,
  /** Outcomes: `yes`, `partly`, `no`, `notSaid`; and, where asked for by name, `open`. */
  cases: async (rows, { outcome, ...request }) => {
    if (outcome === 'open') return handoverCases(rows, 'H4', { ...request, outcome });
    const verdict = outcome === undefined ? 'any' : verdicts.find((one) => one === outcome);
    return verdict === undefined ? [] : handoverCases(rows, 'H4', { ...request, verdict });
  },
};
