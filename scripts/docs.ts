// Writes the generated pages of docs/, or with --check fails where a page is not what the code says.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { problemsPage } from '../apps/server/api/problems.controller.js';
import { configurationPage } from '../apps/server/config.js';
import { eventCatalogue } from './event-catalogue.js';
import { glossaryPage } from './glossary.js';
import { hazardLogPage } from './safety/page.js';

const pages: Record<string, string> = {
  'docs/event-catalogue.md': eventCatalogue(),
  'docs/configuration.md': configurationPage(),
  'docs/glossary.md': glossaryPage(),
  'docs/reference/problems.md': problemsPage(),
  'docs/safety/hazard-log.md': hazardLogPage(),
};

const checking = process.argv.includes('--check');
const stale = Object.entries(pages).filter(([file, text]) => {
  try {
    return readFileSync(file, 'utf8') !== text;
  } catch {
    return true;
  }
});

if (checking && stale.length) {
  process.stderr.write(`Not what the code says any more: ${stale.map(([file]) => file).join(', ')}. Run: npm run docs\n`);
  process.exit(1);
}
for (const [file, text] of stale) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  process.stdout.write(`wrote ${file}\n`);
}
