/** The tests of a spec file, read from its text without running it. */
import ts from 'typescript';

export interface TestInFile {
  /** `describe > it`, as the file writes them: `%s`, `$name` and `${…}` of a table or a template stay as they are. */
  readonly title: string;
  /** It is there and does not run. */
  readonly skipped: boolean;
}

type Found = TestInFile & { readonly only: boolean };

interface Around {
  readonly titles: readonly string[];
  readonly skipped: boolean;
  readonly only: boolean;
}

const groups = new Set(['describe', 'xdescribe', 'fdescribe']);
const tests = new Set(['it', 'xit', 'fit', 'test', 'xtest']);

export function testsIn(text: string): readonly TestInFile[] {
  const found: Found[] = [];
  const file = ts.createSourceFile('spec.ts', text, ts.ScriptTarget.Latest, true);
  visit(file, { titles: [], skipped: false, only: false }, found);
  // Where one test of a file is the only one that runs, the others do not.
  const narrowed = found.some(({ only }) => only);
  return found.map(({ title, skipped, only }) => ({ title, skipped: skipped || (narrowed && !only) }));
}

function visit(node: ts.Node, around: Around, found: Found[]): void {
  const call = ts.isCallExpression(node) ? named(node) : undefined;
  if (!ts.isCallExpression(node) || !call) return ts.forEachChild(node, (child) => visit(child, around, found));
  const [root = '', ...modifiers] = call;
  const here: Around = {
    titles: [...around.titles, titleOf(node.arguments[0]!)],
    skipped: around.skipped || root.startsWith('x') || modifiers.includes('skip') || modifiers.includes('todo'),
    only: around.only || root.startsWith('f') || modifiers.includes('only'),
  };
  if (groups.has(root)) return node.arguments.forEach((child) => visit(child, here, found));
  found.push({ title: here.titles.join(' > '), skipped: here.skipped || node.arguments.length < 2, only: here.only });
}

/** `it.each(rows)('…', …)` → `['it', 'each']`; undefined where it is a call of something else. */
function named({ expression, arguments: given }: ts.CallExpression): readonly string[] | undefined {
  // `it.each(rows)` alone makes a table; the test is the call of what it gives.
  if (given.length === 0 || (ts.isPropertyAccessExpression(expression) && expression.name.text === 'each')) return;
  const names: string[] = [];
  let left: ts.Expression = expression;
  while (!ts.isIdentifier(left)) {
    if (ts.isPropertyAccessExpression(left)) names.unshift(left.name.text);
    if (ts.isTaggedTemplateExpression(left)) left = left.tag;
    else if (ts.isPropertyAccessExpression(left) || ts.isCallExpression(left)) left = left.expression;
    else return undefined;
  }
  return groups.has(left.text) || tests.has(left.text) ? [left.text, ...names] : undefined;
}

const titleOf = (title: ts.Expression): string =>
  ts.isStringLiteralLike(title) ? title.text : title.getText().replace(/^`|`$/g, '');
