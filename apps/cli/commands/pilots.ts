import { text } from 'node:stream/consumers';
import { Command } from 'commander';
import { resolvePilots } from '#pilots';
import { exit, output } from '../output.js';

/** `throughcare pilots resolve`: names on standard input, one a line. */
export const pilotsCommand = (): Command =>
  new Command('pilots').description('the sixteen pilots').addCommand(
    new Command('resolve')
      .description('which pilot each name on standard input means, and when it was called that; exit 1 where one is unknown')
      .option('--json', 'one JSON document as the last line')
      .action(async ({ json = false }: { json?: boolean }) => {
        const names = (await text(process.stdin)).split('\n').map((line) => line.trim()).filter(Boolean);
        const found = resolvePilots(names);
        output(json).answer(found, [
          ...found.resolved.map(({ name, pilot, validAt: [from, to] }) => `${pilot.padEnd(20)} ${from} to ${to ?? 'the end'}   ${name}`),
          ...found.unresolved.map((name) => `${'(unknown)'.padEnd(20)} ${' '.repeat(24)} ${name}`),
        ]);
        if (found.unresolved.length > 0) process.exitCode = exit.no;
      }),
  );
