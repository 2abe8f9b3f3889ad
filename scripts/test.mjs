// `npm test`: builds, runs every test that this machine can run, and says at the end what was left out and why.
// The last line reads `N passed, N failed, N skipped`.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findOwnPostgres } from '../test/support/postgres.ts';

const scratch = mkdtempSync(join(tmpdir(), 'throughcare-test-'));
const results = join(scratch, 'results.json');
const leftOut = join(scratch, 'left-out.txt');

const run = (args, env = {}) =>
  spawnSync('npm', ['run', '--silent', ...args], { stdio: 'inherit', env: { ...process.env, ...env } }).status ?? 1;

const chosen = process.argv.slice(2);
let status = run(['build']);
if (status === 0) {
  // Of every suite that needs one, each starts its own PostgreSQL in seconds: a whole run starts one for all.
  const postgres = chosen.length > 0 || process.env.THROUGHCARE_TEST_POSTGRES_URL ? undefined : await findOwnPostgres();
  status = run(['jest', '--', '--json', `--outputFile=${results}`, '--testLocationInResults=false', ...chosen], {
    THROUGHCARE_LEFT_OUT: leftOut,
    ...(postgres?.url && { THROUGHCARE_TEST_POSTGRES_URL: postgres.url }),
  });
  await postgres?.stop?.();
}

const report = existsSync(results) ? JSON.parse(readFileSync(results, 'utf8')) : undefined;
const reasons = new Set(existsSync(leftOut) ? readFileSync(leftOut, 'utf8').trim().split('\n') : []);
rmSync(scratch, { recursive: true, force: true });

if (!report) {
  console.log('The tests did not run.');
  console.log('0 passed, 1 failed, 0 skipped');
  process.exit(status || 1);
}

// A suite that needs what this machine lacks stands for itself as one test that says so; it is no pass.
const standIns = report.testResults
  .flatMap(({ assertionResults }) => assertionResults)
  .filter(({ title }) => title.startsWith('is left out: '));
for (const { ancestorTitles, title } of standIns) reasons.add(`${ancestorTitles.join(' ')} ${title}`);
if (reasons.size > 0) console.log(`\nLeft out on this machine:\n${[...reasons].map((reason) => `- ${reason}`).join('\n')}`);

// A suite that could not even start counts as a failure.
const failed = report.numFailedTests + report.numRuntimeErrorTestSuites;
const skipped = report.numPendingTests + standIns.length;
console.log(`\n${report.numPassedTests - standIns.length} passed, ${failed} failed, ${skipped} skipped`);
process.exit(failed === 0 ? status : 1);
