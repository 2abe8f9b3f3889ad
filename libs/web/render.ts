import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import nunjucks from 'nunjucks';
import { filters } from './filters.js';

const here = dirname(fileURLToPath(import.meta.url));
/** …/node_modules/nhsuk-frontend/dist: its macros are imported as `nhsuk/components/…`. */
export const nhsukRoot = dirname(
  dirname(createRequire(import.meta.url).resolve('nhsuk-frontend/package.json')) + '/dist/x',
);

export type Render = (template: string, view: object) => string;

/**
 * Renders pages. A page's template lies beside its controller; layout and macros lie here. Everything is escaped.
 * The design system's macros rely on undefined values, so view models are typed and say null where there is nothing.
 *
 * @param pageFolders folders in which page templates are looked up by `<page>/<page>.njk`
 */
export function createRenderer(pageFolders: readonly string[]): Render {
  const folders = [join(here, 'templates'), ...pageFolders, nhsukRoot].filter((folder) => existsSync(folder));
  const environment = new nunjucks.Environment(new nunjucks.FileSystemLoader(folders), {
    autoescape: true,
    trimBlocks: true,
    lstripBlocks: true,
  });
  for (const [name, filter] of Object.entries(filters)) environment.addFilter(name, filter);
  return (template, view) => environment.render(template, view);
}
