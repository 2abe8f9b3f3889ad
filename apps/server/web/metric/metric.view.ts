import type { MetricDefinition } from '#metrics';
import { labelWords, longDate } from '#web';

export interface MetricPage {
  readonly heading: string;
  readonly meaning: string;
  readonly facts: readonly { readonly label: string; readonly text: string }[];
  readonly edgeCases: readonly string[];
}

export const metricPage = ({
  id,
  version,
  title,
  meaning,
  formula,
  unit,
  better,
  label,
  source,
  effective,
  edgeCases,
}: MetricDefinition): MetricPage => ({
  heading: title,
  meaning,
  facts: [
    { label: 'How it is counted', text: formula },
    { label: 'Unit', text: unit === 'milliseconds' ? 'Elapsed time' : 'Proportion' },
    { label: 'Better is', text: better },
    { label: 'How this is known', text: labelWords[label] },
    { label: 'Source', text: source },
    { label: 'Name and version', text: `${id}, version ${version}` },
    {
      label: 'In force',
      text: `From ${longDate(effective.from)}${effective.to ? ` to ${longDate(effective.to)}` : ''}`,
    },
  ],
  edgeCases,
});
