import { Command } from 'commander';
import { examine } from '../doctor/examine.js';
import { exit, output } from '../output.js';

/** `throughcare doctor`: what is wrong, and what to do about it. */
export const doctorCommand = (): Command =>
  new Command('doctor')
    .description('check the machine, the settings and the stores, and say what to do; exit 1 where something is wrong')
    .option('--json', 'one JSON document as the last line')
    .option('--release-unfinished', 'free the NHS numbers of registrations that were cut short; while nobody else writes')
    .action(async ({ json = false, releaseUnfinished: release = false }: { json?: boolean; releaseUnfinished?: boolean }) => {
      const findings = await examine({ env: process.env, release });
      output(json).answer(
        { ok: findings.every(({ ok }) => ok), findings },
        findings.map(({ check, ok, says }) => `${ok ? 'well ' : 'WRONG'}  ${check}: ${says}`),
      );
      if (findings.some(({ ok }) => !ok)) process.exitCode = exit.no;
    });
