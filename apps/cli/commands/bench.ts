import { Command } from 'commander';
import { benches } from '../bench/benches.js';
import { CommandFailed, exit, output } from '../output.js';

/** `throughcare bench`: figures, each beside a baseline of the same run. Never a test: it prints, and judges nothing. */
export const benchCommand = (): Command =>
  new Command('bench')
    .description('measure this machine: each figure beside a baseline taken in the same run')
    .argument('[names...]', `which; all where none is named: ${Object.keys(benches).join(', ')}`)
    .option('--events <n>', 'events in the log, for a quick try', '1000000')
    .option('--json', 'one JSON document as the last line')
    .action(async (names: string[], { events, json = false }: { events: string; json?: boolean }) => {
      if (!/^[1-9]\d{3,6}$/.test(events)) throw new CommandFailed('--events is a whole number from 1000', exit.usage);
      const unknown = names.filter((name) => !(name in benches));
      if (unknown.length > 0) throw new CommandFailed(`no such bench: ${unknown.join(', ')}`, exit.usage);
      const out = output(json);
      const figures = [];
      for (const [name, measure] of Object.entries(benches)) {
        if (names.length > 0 && !names.includes(name)) continue;
        process.stderr.write(`${name} …\n`);
        const figure = { name, ...(await measure({ events: Number(events) })) };
        figures.push(figure);
        out.say(`${name.padEnd(14)} ${String(figure.value).padStart(12)} ${figure.unit.padEnd(12)} baseline ${figure.baseline}, ratio ${figure.ratio}`);
      }
      if (json) out.answer(figures, []);
    });
