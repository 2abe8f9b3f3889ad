import { clockMetric } from '../handovers/clock-metric.js';

export const acceptance = clockMetric('H2', {
  id: 'h2-acceptance',
  version: 1,
  title: 'Time until an offer is accepted',
  meaning: 'How long a team that offers a handover waits until the other team takes responsibility.',
  formula: 'From the offer to its acceptance by the receiver.',
  label: 'ours',
  source: 'FACTS 3.1, clock H2; the default target of 30 minutes is that of the Cornwall programme [V:S24]',
  edgeCases: [
    'Declined, withdrawn, not answered in time and stopped are other outcomes: they stay in the denominator.',
    'Accepted in time and recorded late counts by the time of acceptance; what was published stays as it was.',
    'Declined and offered again is one episode of several attempts; each attempt is counted.',
    'An acceptance given by telephone counts from when it was given, until the other party disputes it.',
    'A person who dies while the offer is open: the offer stays in the denominator, without a time.',
  ],
});
