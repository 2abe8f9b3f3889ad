// `npm run -s test:stores [-- --json]`: the contract suite on every adapter of the event store. The last line says, for
// each, how many promises it kept, or why it was left out.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const adapters = ['memory', 'sqlite', 'eventstoredb'];
const json = process.argv.includes('--json');

const directory = mkdtempSync(join(tmpdir(), 'throughcare-stores-'));
const outputFile = join(directory, 'jest.json');
const specs = adapters.map((adapter) => `libs/event-store/${adapter}/contract.spec.ts`);
spawnSync('npm', ['run', '-s', 'jest', '--', '--json', `--outputFile=${outputFile}`, '--runTestsByPath', ...specs], {
  stdio: ['ignore', 'ignore', 'inherit'],
});
const { testResults } = JSON.parse(readFileSync(outputFile, 'utf8'));
rmSync(directory, { recursive: true });

const results = Object.fromEntries(adapters.map((adapter) => [adapter, resultOf(adapter)]));
const bad = Object.values(results).some((result) => result.failed > 0);
if (json) console.log(JSON.stringify(results));
else for (const [adapter, result] of Object.entries(results)) console.log(`${adapter.padEnd(14)}${inWords(result)}`);
process.exitCode = bad ? 1 : 0;

/** A suite that could not even start counts as one failure. */
function resultOf(adapter) {
  const suite = testResults.find(({ name }) => name.includes(`/${adapter}/`));
  const tests = suite?.assertionResults ?? [];
  const leftOut = tests.map(({ title }) => /^is left out: (.*)$/s.exec(title)?.[1]).find(Boolean);
  if (leftOut) return { leftOut };
  const count = (status) => tests.filter((test) => test.status === status).length;
  const failed = count('failed') + (suite?.status === 'passed' || count('failed') > 0 ? 0 : 1);
  const server = /EventStoreDB ([\d.]+)/.exec(tests[0]?.ancestorTitles[0] ?? '')?.[1];
  return { passed: count('passed'), failed, ...(server && { server }) };
}

function inWords({ leftOut, passed, failed, server }) {
  if (leftOut) return `left out: ${leftOut}`;
  return `${passed} passed, ${failed} failed${server ? `, on EventStoreDB ${server}` : ''}`;
}
