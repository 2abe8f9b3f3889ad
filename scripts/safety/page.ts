import { dirname, relative } from 'node:path/posix';
import { hazardFiles, hazardsIn } from './hazards.js';
import { likelihoods, riskMatrix, riskOf, severities, type Hazard, type Rating } from './hazard.js';

const PAGE = 'docs/safety/hazard-log.md';

const rated = (rating: Rating): string => `${rating.severity} × ${rating.likelihood} = **${riskOf(rating)}**`;

const bullets = (lines: readonly string[]): readonly string[] => lines.map((line) => `- ${line}`);

const testsOf = ({ tests }: Hazard): readonly string[] =>
  tests.flatMap(({ file, titles }) => [
    `- [${file}](${relative(dirname(PAGE), file)})`,
    ...titles.map((title) => `  - ${title.replaceAll('$', '\\$')}`),
  ]);

const acceptanceOf = ({ acceptance }: Hazard): readonly string[] =>
  acceptance
    ? [`Accepted for release ${acceptance.release} on ${acceptance.on} by ${acceptance.by}: ${acceptance.reason}`, '']
    : [];

const section = (hazard: Hazard): readonly string[] => [
  `## ${hazard.id}. ${hazard.title}`,
  '',
  `**${hazard.status}** · initial ${rated(hazard.initial)} · residual ${rated(hazard.residual)} · draft ratings · ${hazard.source}`,
  '',
  hazard.hazard,
  '',
  `**What it may do to the person.** ${hazard.effect}`,
  '',
  '**How it may come about**',
  '',
  ...bullets(hazard.causes),
  '',
  '**Controls in the product**',
  '',
  ...bullets(hazard.design.length > 0 ? hazard.design : ['None yet.']),
  '',
  '**Controls in training and the way of working**',
  '',
  ...bullets(hazard.procedure),
  '',
  '**Tests**',
  '',
  ...(hazard.tests.length > 0 ? testsOf(hazard) : ['- None yet.']),
  '',
  `**Status: ${hazard.status}.** ${hazard.because}`,
  '',
  ...acceptanceOf(hazard),
];

const overview = ({ id, title, status, initial, residual }: Hazard): string =>
  `| ${id} | ${title} | ${riskOf(initial)} | ${riskOf(residual)} | ${status} |`;

/** The hazard log as one page, for those who review it. */
export function hazardLogPage(): string {
  const hazards = hazardsIn(hazardFiles());
  const count = (wanted: Hazard['status']): number => hazards.filter(({ status }) => status === wanted).length;
  return [
    '# Hazard log',
    '',
    'Generated from `docs/safety/hazards/` by `npm run docs`; `npm run check` fails when it is out of date, and when a',
    'hazard is not held by the tests that it names.',
    '',
    '**Draft.** No registered clinician has reviewed this log; nobody has assured the product. Ratings, statuses and',
    'acceptance belong to the Clinical Safety Officer of whoever makes or deploys it: [README](README.md).',
    '',
    `${hazards.length} hazards: ${count('held')} held, ${count('partly held')} partly held, ${count('open')} open.`,
    '',
    '| hazard | in a coordinator’s words | initial risk | residual risk | status |',
    '|---|---|---|---|---|',
    ...hazards.map(overview),
    '',
    '## How risk is rated',
    '',
    'Severity of the harm against the likelihood of that harm, on the scales of DCB0129 as we remember them `[M]`. 1 is',
    'acceptable, 2 where more would cost out of all proportion, 3 is undesirable, 4 and 5 are not acceptable.',
    '',
    `| likelihood | ${severities.join(' | ')} |`,
    `|---|${severities.map(() => '---|').join('')}`,
    ...[...likelihoods].reverse().map((name) => `| ${name} | ${riskMatrix[likelihoods.indexOf(name)]!.join(' | ')} |`),
    '',
    ...hazards.flatMap(section),
  ].join('\n');
}
