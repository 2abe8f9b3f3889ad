import { clockMetric } from '../handovers/clock-metric.js';

export const firstContact = clockMetric('H4', {
  id: 'h4-first-contact',
  version: 1,
  title: 'Time until the first contact',
  meaning: 'How long a person waits, after a team took responsibility, until that team first sees or speaks to them.',
  formula:
    'From the moment the receiver is responsible, which may be the discharge, to its first contact (scenario 8).',
  label: 'ours',
  source: 'FACTS 3.1, clock H4',
  edgeCases: [
    'No national target exists across all sectors, so none is judged.',
    'A death or a closed journey before the first contact ends the clock without a time.',
  ],
});
