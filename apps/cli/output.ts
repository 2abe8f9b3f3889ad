/**
 * What the command line says: results on standard output, progress on standard error. With `--json` the last line of
 * standard output is one JSON document.
 */
import type { Progress } from '#projections';

/** What an exit code says, for whoever calls us from a script. */
export const exit = {
  done: 0,
  /** The work was done and its answer is no: a difference was found, a name was not resolved, a record was rejected. */
  no: 1,
  usage: 2,
  /** Something it needs is not there: the data directory is in use, the store is away, the configuration is wrong. */
  unavailable: 3,
  failed: 4,
} as const;

export interface Output {
  readonly json: boolean;
  /** Words for a person; left out with `--json`. */
  say(line: string): void;
  /** The answer: one JSON document, or the words. */
  answer(document: object, words: readonly string[]): void;
  /** Overwrites itself on a terminal; a line every few seconds elsewhere. */
  progress(line: string): void;
}

export function output(json: boolean): Output {
  let last = 0;
  return {
    json,
    say: (line) => void (json || process.stdout.write(`${line}\n`)),
    answer: (document, words) => void process.stdout.write(`${json ? JSON.stringify(document) : words.join('\n')}\n`),
    progress(line) {
      const now = Date.now();
      if (now - last < (process.stderr.isTTY ? 100 : 5000)) return;
      last = now;
      process.stderr.write(process.stderr.isTTY ? `\r\u001b[K${line}` : `${line}\n`);
    },
  };
}

export const eventsProgress = ({ doing, events, total, eventsPerSecond }: Progress): string =>
  `${doing === 'reading' ? 'reading the log: ' : ''}${events.toLocaleString('en-GB')}${total ? ` of ${total.toLocaleString('en-GB')}` : ''} events, ${Math.round(eventsPerSecond).toLocaleString('en-GB')} a second`;

/** Ends the command with this exit code and these words, and no stack trace. */
export class CommandFailed extends Error {
  constructor(
    message: string,
    readonly code: number,
  ) {
    super(message);
  }
}
