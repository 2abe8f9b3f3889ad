#!/usr/bin/env node
// Runs the built command line, on the Node that package.json pins even where an older one started this file.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const main = at('dist/apps/cli/main.js');
const pinned = at('node_modules/node/bin/node');

if (!existsSync(main)) {
  process.stderr.write('Throughcare is not built yet. Run: npm ci && npm run build\n');
  process.exitCode = 69;
} else if (Number(process.versions.node.split('.')[0]) >= 24) {
  await import(main);
} else {
  const { status, signal } = spawnSync(pinned, [main, ...process.argv.slice(2)], { stdio: 'inherit' });
  if (signal) process.kill(process.pid, signal);
  process.exitCode = status ?? 1;
}
