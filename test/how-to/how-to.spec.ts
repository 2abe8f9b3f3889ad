import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { globSync } from 'node:fs';
import { Checkout } from './checkout.js';
import { filesOf, stepsOf } from './guide.js';

const page = (name: string) => `docs/how-to/${name}.md`;
const onEachOther = ['add-an-event', 'add-a-use-case', 'add-a-read-model', 'add-a-metric'];
const alone = ['add-a-pathway'];

/** Longer than this is not added in one place any more. */
const HANDFUL = 7;
const MINUTE = 60_000;

describe.each([
  ['Equipment: from the event to the figure', onEachOther],
  ['A pathway of its own', alone],
])('%s', (_, pages) => {
  let checkout: Checkout;
  beforeAll(() => {
    checkout = new Checkout();
  });
  afterAll(() => {
    checkout.remove();
  });

  it.each(pages)(
    '%s: whoever follows the page sees what it says',
    (name) => {
      for (const step of stepsOf(page(name))) checkout.take(step);
    },
    5 * MINUTE,
  );
});

describe('The how-to pages', () => {
  const names = [...onEachOther, ...alone];

  it('are all followed here', () => {
    const found = globSync('docs/how-to/*.md').filter((file) => !file.endsWith('README.md'));
    expect(found.sort()).toEqual(names.map(page).sort());
  });

  it.each(names)('%s takes a handful of files and ends with a command that shows it works', (name) => {
    const steps = stepsOf(page(name));
    expect(filesOf(steps).length).toBeLessThanOrEqual(HANDFUL);
    expect(steps.at(-1)).toMatchObject({ kind: 'run', fails: false });
  });
});
