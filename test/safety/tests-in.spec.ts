import { describe, expect, it } from '@jest/globals';
import { testsIn } from '../../scripts/safety/tests-in.js';

const titles = (text: string) => testsIn(text).map(({ title, skipped }) => `${skipped ? 'not run: ' : ''}${title}`);

describe('The tests of a file', () => {
  it('go by the path of their titles', () => {
    expect(
      titles(`it('alone', f); describe('a', () => { describe("b", () => { test(\`c\`, f); }); it('d', f); });`),
    ).toEqual(['alone', 'a > b > c', 'a > d']);
  });

  it('of a table or a template go by the title as it is written', () => {
    const text =
      'describe.each(sizes)("on a %s", () => { it.each<T>([1, 2])("%s is $name", f); it(`killed ${N} times`, f); it.each`a|b`("t", f); });';
    expect(titles(text)).toEqual(['on a %s > %s is $name', 'on a %s > killed ${N} times', 'on a %s > t']);
  });

  it.each([
    ['it.skip("x", f)', 'not run: x'],
    ['xit("x", f)', 'not run: x'],
    ['it.todo("x")', 'not run: x'],
    ['it("x")', 'not run: x'],
    ['xdescribe("a", () => { it("x", f); })', 'not run: a > x'],
    ['describe.skip.each(rows)("a", () => { it("x", f); })', 'not run: a > x'],
  ])('are known as not run: %s', (text, told) => {
    expect(titles(text)).toEqual([told]);
  });

  it('do not run beside one that alone may run', () => {
    expect(titles('it("x", f); it.only("y", f); describe("a", () => { it("z", f); });')).toEqual([
      'not run: x',
      'y',
      'not run: a > z',
    ]);
  });

  it('are not those of which only a comment or a text speaks', () => {
    expect(titles('// it("x", f)\nconst text = `it("y", f)`;')).toEqual([]);
  });
});
