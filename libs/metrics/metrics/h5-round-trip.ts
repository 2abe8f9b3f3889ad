import { clockMetric } from '../handovers/clock-metric.js';

export const roundTrip = clockMetric('H5', {
  id: 'h5-round-trip',
  version: 1,
  title: 'Time from a decline to the next offer',
  meaning:
    'How long a declined handover lies with the sender until it is offered again, to the same team or to another.',
  formula: 'From the decline to the next offer of the same episode.',
  label: 'ours',
  source: 'FACTS 3.1, clock H5',
  edgeCases: ['A decline that nobody has acted on stays open.', 'No national target exists, so none is judged.'],
});
