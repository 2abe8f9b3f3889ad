/** A how-to page as the steps that it asks its reader to take: files to write, files to edit, commands and what they show. */
import { readFileSync } from 'node:fs';

export interface WriteFile {
  readonly kind: 'write';
  readonly path: string;
  readonly text: string;
}

/** A diff without line numbers: the lines that stay and those that go say where. */
export interface EditFile {
  readonly kind: 'edit';
  readonly path: string;
  readonly diff: string;
}

export interface RunCommands {
  readonly kind: 'run';
  readonly commands: string;
  /** The page says that they fail. */
  readonly fails: boolean;
  /** What they print among other things, in this order. */
  readonly shows: readonly string[];
}

export type Step = WriteFile | EditFile | RunCommands;

const block = /^```([^\n]*)\n(.*?)^```$/gms;

/** @throws Error where a block is neither of these: nothing on a page goes unchecked */
export function stepsOf(page: string): readonly Step[] {
  const steps: Step[] = [];
  for (const [, told = '', text = ''] of readFileSync(page, 'utf8').matchAll(block)) {
    const [language, mark = ''] = told.split(' ');
    const path = /^file=(\S+)$/.exec(mark)?.[1];
    const last = steps.at(-1);
    if (path) steps.push(language === 'diff' ? { kind: 'edit', path, diff: text } : { kind: 'write', path, text });
    else if (language === 'sh') steps.push({ kind: 'run', commands: text, fails: mark === 'fails', shows: [] });
    else if (language === 'text' && last?.kind === 'run') steps[steps.length - 1] = { ...last, shows: partsOf(text) };
    else throw new Error(`${page}: a block that starts with \`\`\`${told} is no step`);
  }
  return steps;
}

/** Line by line; `…` stands for what the page leaves out. */
const partsOf = (text: string): readonly string[] =>
  text
    .split(/[\n…]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** The files that a reader writes or edits. */
export const filesOf = (steps: readonly Step[]): readonly string[] => [
  ...new Set(steps.flatMap((step) => (step.kind === 'run' ? [] : [step.path]))),
];

/** @throws Error where a part of the diff is not found, or found twice */
export const edited = (source: string, { path, diff }: EditFile): string =>
  diff
    .split(/^@@.*\n/m)
    .reduce((text, hunk) => {
      const lines = hunk.replace(/\n$/, '').split('\n');
      const side = (other: '+' | '-') =>
        lines
          .filter((line) => !line.startsWith(other))
          .map((line) => `${line.slice(1)}\n`)
          .join('');
      const places = text.split(`\n${side('+')}`).length - 1;
      if (places !== 1) throw new Error(`${path} holds these lines ${places} times:\n${side('+')}`);
      return text.replace(`\n${side('+')}`, () => `\n${side('-')}`);
    }, `\n${source}`)
    .slice(1);
