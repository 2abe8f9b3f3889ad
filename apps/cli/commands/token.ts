import { join } from 'node:path';
import { Argument, Command } from 'commander';
import { mintDevelopmentToken, personaIds } from '#access';
import { loadKey } from '#people';
import { readConfig } from '../../server/config.js';
import { CommandFailed, exit } from '../output.js';

/** `throughcare token PERSONA`: the bearer token as the last line. Works beside a running server, and before one. */
export const tokenCommand = (): Command =>
  new Command('token')
    .description('a bearer token of a development persona, for the API; refused in production')
    .addArgument(new Argument('<persona>', 'who').choices([...personaIds]))
    .option('--minutes <n>', 'how long it is good for', '720')
    .action(async (persona: string, { minutes }: { minutes: string }) => {
      if (!/^\d{1,5}$/.test(minutes)) throw new CommandFailed('--minutes is a whole number', exit.usage);
      const { THROUGHCARE_KEYS, THROUGHCARE_DATA } = readConfig(process.env);
      const seed = loadKey(THROUGHCARE_KEYS ?? join(THROUGHCARE_DATA, 'keys'), 'sign-in');
      process.stdout.write(`${await mintDevelopmentToken({ persona, seed, ttl: Number(minutes) * 60_000 })}\n`);
    });
