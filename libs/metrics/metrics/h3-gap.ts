import { clockMetric } from '../handovers/clock-metric.js';

export const gap = clockMetric('H3', {
  id: 'h3-gap',
  version: 1,
  title: 'Time with nobody responsible',
  meaning:
    'How long nobody was responsible while responsibility passed from one team to the next; it should be nothing.',
  formula: 'From the release of the earlier team to the moment the next was responsible; the target is 0.',
  label: 'ours',
  source: 'FACTS 3.1, clock H3',
  edgeCases: [
    'A person discharged to a team that had not accepted is with nobody until some team accepts.',
    'Counted for handovers whose receiver holds; a gap that no team has ended yet is told as nobody responsible now.',
  ],
});
