import type { MetricDefinition } from '#metrics';
import type { Label } from '#pilots';
import { longDate } from '#web';

export interface MetricPage {
  readonly heading: string;
  readonly meaning: string;
  readonly facts: readonly { readonly label: string; readonly text: string }[];
  readonly edgeCases: readonly string[];
}

/** How a rule is known (FACTS): nobody has to take it on trust. */
const labelWords: Readonly<Record<Label, string>> = {
  V: 'Verified: read in the source itself [V]',
  D: 'Derived from what is known [D]',
  M: 'From memory: the source has not been read [M]',
  ours: 'Our own definition',
};

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
