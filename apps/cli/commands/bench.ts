import { Command, Option } from 'commander';
import { benches } from '../bench/benches.js';
import { clusterBenches } from '../bench/cluster/benches.js';
import { clusterServers, isEmpty } from '../bench/cluster/servers.js';
import type { Bench } from '../bench/figure.js';
import { CommandFailed, exit, output } from '../output.js';

interface Asked {
  readonly profile: 'embedded' | 'cluster';
  readonly events?: string;
  readonly json?: boolean;
}

/** Of the programme, where no other size is asked for; the million takes EventStoreDB half an hour on a small machine. */
const sizes = { embedded: '1000000', cluster: '100000' } as const;

/** `throughcare bench`: figures, each beside a baseline of the same run. Never a test: it prints, and judges nothing. */
export const benchCommand = (): Command =>
  new Command('bench')
    .description('measure this machine: each figure beside a baseline taken in the same run')
    .argument('[names...]', `which; all where none is named: ${Object.keys(benches).join(', ')}; of the cluster those from the first on`)
    .addOption(
      new Option('--profile <profile>', 'cluster: on EventStoreDB and PostgreSQL at the addresses of the environment, all of it; they must be empty')
        .choices(['embedded', 'cluster'])
        .default('embedded'),
    )
    .option('--events <n>', `events in the log, for a quick try (default: ${sizes.embedded}, of the cluster ${sizes.cluster})`)
    .option('--json', 'one JSON document as the last line')
    .action(async (names: string[], { profile, events = sizes[profile], json = false }: Asked) => {
      if (!/^[1-9]\d{3,6}$/.test(events)) throw new CommandFailed('--events is a whole number from 1000', exit.usage);
      const known = profile === 'cluster' ? await onCluster(names) : benches;
      const unknown = names.filter((name) => !(name in known));
      if (unknown.length > 0) throw new CommandFailed(`no such bench: ${unknown.join(', ')}`, exit.usage);
      const out = output(json);
      const figures = [];
      for (const [name, measure] of Object.entries(known)) {
        if (names.length > 0 && !names.includes(name)) continue;
        process.stderr.write(`${name} …\n`);
        const figure = { name, ...(await measure({ events: Number(events) })) };
        figures.push(figure);
        out.say(`${name.padEnd(16)} ${String(figure.value).padStart(12)} ${figure.unit.padEnd(12)} baseline ${figure.baseline}, ratio ${figure.ratio}`);
      }
      if (json) out.answer(figures, []);
    });

async function onCluster(names: readonly string[]): Promise<Readonly<Record<string, Bench>>> {
  const servers = clusterServers(process.env);
  if ('missing' in servers) throw new CommandFailed(`--profile cluster needs servers of its own: set ${servers.missing}`, exit.usage);
  if (!(await isEmpty(servers))) {
    throw new CommandFailed('EVENTSTOREDB_URL has events in it; the bench writes there and needs an empty one', exit.usage);
  }
  const known = clusterBenches(servers);
  const inTurn = Object.keys(known);
  if (inTurn.slice(0, names.length).some((name) => !names.includes(name)) && names.every((name) => name in known)) {
    throw new CommandFailed(`one fills the log for the next: name them from the first on, ${inTurn.join(', ')}`, exit.usage);
  }
  return known;
}
