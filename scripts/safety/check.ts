/** What stands against the hazard log: for `npm run check`, and beyond that for a release. */
import { TypeCompiler } from '@sinclair/typebox/compiler';
import { Hazard } from './hazard.js';
import { testsIn, type TestInFile } from './tests-in.js';

/** The text of a file by its path from the root; undefined where there is none. */
export type ReadFile = (file: string) => string | undefined;

const shape = TypeCompiler.Compile(Hazard);

/** @param files what each file of docs/safety/hazards holds, by its name */
export function problemsOf(files: ReadonlyMap<string, unknown>, read: ReadFile): readonly string[] {
  const hazards: Hazard[] = [];
  const problems: string[] = [];
  for (const [name, content] of files) {
    if (!shape.Check(content)) {
      problems.push(...[...shape.Errors(content)].map(({ path, message }) => `${name}: ${path || '/'}: ${message}`));
    } else if (name !== `${content.id}.json`)
      problems.push(`${name} holds ${content.id}: a file is named after its hazard`);
    else hazards.push(content);
  }
  return problems.length > 0 ? problems : [...missingNumbers(hazards), ...testProblems(hazards, read)];
}

/** A hazard is closed, never taken away: its number stays. */
const missingNumbers = (hazards: readonly Hazard[]): readonly string[] =>
  hazards.flatMap((_, i) =>
    hazards.some(({ id }) => id === `H${i + 1}`) ? [] : [`H${i + 1} is missing: numbers have no gaps`],
  );

function testProblems(hazards: readonly Hazard[], read: ReadFile): readonly string[] {
  const known = new Map<string, readonly TestInFile[] | undefined>();
  const testsOf = (file: string): readonly TestInFile[] | undefined => {
    if (!known.has(file)) {
      const text = isRun(file) ? read(file) : undefined;
      known.set(file, text === undefined ? undefined : testsIn(text));
    }
    return known.get(file);
  };
  return hazards.flatMap(({ id, status, tests }) => [
    ...(status !== 'open' && tests.length === 0 ? [`${id} is ${status} and names no test`] : []),
    ...tests.flatMap(({ file, titles }) => {
      const there = testsOf(file);
      if (!there) return [`${id}: ${file} is no file of tests`];
      return titles.flatMap((title) => {
        const same = there.filter((test) => test.title === title);
        if (same.length === 0) return [`${id}: ${file} has no test "${title}"`];
        return same.every(({ skipped }) => skipped) ? [`${id}: ${file} skips the test "${title}"`] : [];
      });
    }),
  ]);
}

/** A suite that is written once, the event store's contract or the handover, is run by a spec file of each store. */
const isRun = (file: string): boolean => /\.spec\.ts$|-suite\.ts$|^libs\/event-store\/contract\//.test(file);

/** A release goes out with an open hazard only where somebody put their name to it, for this very release. */
export const releaseProblems = (hazards: readonly Hazard[], release: string): readonly string[] =>
  hazards
    .filter(({ status, acceptance }) => status === 'open' && acceptance?.release !== release)
    .map(({ id, title, acceptance }) =>
      acceptance
        ? `${id} is open, and was accepted for release ${acceptance.release} only: ${title}`
        : `${id} is open and nobody has accepted it: ${title}`,
    );
