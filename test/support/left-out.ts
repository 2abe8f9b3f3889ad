import { appendFileSync } from 'node:fs';
import { describe } from '@jest/globals';

/**
 * A suite that needs something this machine may lack. Where `reason` is given the suite is left out, and the last
 * lines of `npm test` say which and why: never a silent skip.
 */
export function describeUnless(reason: string | undefined, name: string, suite: () => void): void {
  if (!reason) return describe(name, suite);
  const file = process.env['THROUGHCARE_LEFT_OUT'];
  if (file) appendFileSync(file, `${name}: ${reason}\n`);
  return describe.skip(`${name} (left out: ${reason})`, suite);
}
