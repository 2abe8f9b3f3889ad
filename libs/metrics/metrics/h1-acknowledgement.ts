import { clockMetric } from '../handovers/clock-metric.js';

export const acknowledgement = clockMetric('H1', {
  id: 'h1-acknowledgement',
  version: 1,
  title: 'Time until an offer is seen',
  meaning: 'How long a team that offers a handover waits until the other team has seen it.',
  formula: 'From the offer to its being seen by the receiver; whoever answers has seen it by then.',
  label: 'ours',
  source: 'FACTS 3.1, clock H1; the default target of 15 minutes is that of the Cornwall programme [V:S24]',
  edgeCases: [
    'An offer that nobody has seen stays open and is counted for as long as it has waited; it is never left out.',
    'An offer withdrawn, not answered in time or stopped by a death before it was seen stays in the denominator.',
    'Seen twice counts once, from the first time.',
  ],
});
