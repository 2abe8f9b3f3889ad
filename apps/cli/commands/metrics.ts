import { Command } from 'commander';
import { metricDefinition, metricDefinitions, type MetricScope } from '#metrics';
import { isCivilDate } from '#kernel';
import { CommandFailed, exit, output } from '../output.js';
import { withEngine } from '../with-engine.js';

interface ValueOptions {
  readonly json?: boolean;
  readonly scope?: string;
  readonly pilot?: string;
  readonly from?: string;
  readonly to?: string;
  readonly knownAt?: string;
}

/** `throughcare metrics value ID`, `throughcare metrics list` */
export const metricsCommand = (): Command =>
  new Command('metrics')
    .description('figures and what they mean')
    .addCommand(
      new Command('list').description('every metric, with what it means').action(() => {
        for (const { id, version, title, meaning } of metricDefinitions) process.stdout.write(`${id}@${version}  ${title}\n    ${meaning}\n`);
      }),
    )
    .addCommand(
      new Command('value')
        .description('one figure, with the definition it follows and how fresh it is')
        .argument('<metric>', 'its id; see `throughcare metrics list`')
        .option('--scope <scope>', 'imported, all, or pilot:<id>')
        .option('--pilot <id>', 'one pilot')
        .option('--from <day>', 'first day, like 2010-04-01')
        .option('--to <day>', 'day after the last')
        .option('--known-at <ordinal>', 'as known when that entry was written')
        .option('--json', 'one JSON document as the last line')
        .action(value),
    );

async function value(id: string, options: ValueOptions): Promise<void> {
  const metric = metricDefinition(id);
  if (!metric) throw new CommandFailed(`there is no metric ${id}; there are ${metricDefinitions.map((m) => m.id).join(', ')}`, exit.usage);
  const { pilot, from, to, knownAt, scope, json = false } = options;
  if (scope !== undefined && !/^(imported|all|pilot:[a-z-]+)$/.test(scope)) throw new CommandFailed('--scope is imported, all or pilot:<id>', exit.usage);
  for (const day of [from, to]) if (day !== undefined && !isCivilDate(day)) throw new CommandFailed(`${day} is no day that exists`, exit.usage);
  if (knownAt !== undefined && !/^\d+$/.test(knownAt)) throw new CommandFailed('--known-at is the number of an entry', exit.usage);
  const answer = await withEngine({ project: false }, ({ reader, clock }) =>
    reader.withFreshness(
      (rows) =>
        metric.compute(rows, {
          asAt: clock.now(),
          ...(scope !== undefined && { scope: scope as MetricScope }),
          ...(pilot !== undefined && { pilot }),
          ...(from !== undefined && { from }),
          ...(to !== undefined && { to }),
          ...(knownAt !== undefined && { knownAt: Number(knownAt) }),
        }),
      metric.readModels,
    ),
  );
  const { title, version, meaning, formula, label, source } = metric;
  const document = { metric: id, version, ...answer.value, freshness: answer.freshness };
  output(json).answer(document, [
    `${title} (${id}@${version})`,
    meaning,
    `How: ${formula} [${label}, ${source}]`,
    JSON.stringify(answer.value, null, 2),
    `As of event ${answer.freshness.ordinal}, ${answer.freshness.eventsBehind} behind.`,
  ]);
}
