import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createHash } from 'node:crypto';
import { nhsukRoot } from './render.js';

const here = dirname(fileURLToPath(import.meta.url));

/** A file that pages link to. `path` carries a hash of the content, so browsers may keep it for ever. */
export interface Asset {
  readonly path: string;
  readonly type: string;
  readonly body: Buffer;
}

export interface Assets {
  readonly files: ReadonlyMap<string, Asset>;
  /** Addresses by name, for the layout. */
  readonly css: readonly string[];
  readonly js: readonly string[];
  /** The script that runs before the page is drawn. */
  readonly first: string;
  readonly icon: string;
}

/** The design system's style and script and our own, about 150 kB in all. */
export function loadAssets(): Assets {
  const version = (JSON.parse(readFileSync(join(nhsukRoot, '../package.json'), 'utf8')) as { version: string }).version;
  // The stylesheet names web fonts of another host: pages must work where only this server can be reached.
  const design = readFileSync(join(nhsukRoot, `nhsuk/nhsuk-frontend-${version}.min.css`), 'utf8').replace(
    /@font-face\{[^}]*\}/g,
    '',
  );
  const css = [asset('nhsuk.css', 'text/css', design), asset('throughcare.css', 'text/css', ours('throughcare.css'))];
  const first = asset('first.js', 'text/javascript', ours('first.js'));
  const library = asset(
    'nhsuk.js',
    'text/javascript',
    readFileSync(join(nhsukRoot, `nhsuk/nhsuk-frontend-${version}.min.js`), 'utf8'),
  );
  // Imported under the address that carries its hash.
  const own = asset('throughcare.js', 'text/javascript', ours('throughcare.js').replace('./nhsuk.js', library.path));
  const icon = asset('icon.svg', 'image/svg+xml', ours('icon.svg'));
  return {
    files: new Map([...css, first, library, own, icon].map((file) => [file.path, file])),
    css: css.map((file) => file.path),
    first: first.path,
    icon: icon.path,
    js: [own.path],
  };
}

const ours = (file: string): string => readFileSync(join(here, 'assets', file), 'utf8');

function asset(name: string, type: string, content: string): Asset {
  const body = Buffer.from(content.replace(/\n?\/[*/]# sourceMappingURL=.*$/m, ''));
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 12);
  return { path: `/assets/${name.replace('.', `-${hash}.`)}`, type: `${type}; charset=utf-8`, body };
}
