// Puts what a process or a thread loads into few files: a start reads some thirty instead of 2,600 (docs/adr/0006).
// SWC has compiled the sources into dist/ before; each entry is replaced there by itself with everything it imports.
import { readFileSync } from 'node:fs';
import { sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const dist = fileURLToPath(new URL('../dist/', import.meta.url));

/** Where a process or a thread begins. Everything else in dist/ is as SWC wrote it. */
const entries = [
  'apps/server/main',
  'apps/server/projector-setup',
  'apps/cli/main',
  'libs/event-store/sqlite/writer-thread',
  'libs/event-store/sqlite/checkpointer-thread',
  'libs/event-store/sqlite/sum-thread',
  'libs/projections/worker',
  'libs/projections/bulk-worker',
];

/** Loaded from node_modules, by the few starts that need them; and what Nest would load if it were installed. */
const external = [
  /^@eventstore\/db-client/,
  /^oidc-provider$/,
  /^@nestjs\/(microservices|websockets|platform-express)/,
  /^@fastify\/(multipart|view)$/,
  /^ts-morph$/,
];

/**
 * A module of ours goes on finding templates, data and threads beside the place it was compiled to, wherever its code
 * was put below dist/; and its source map leads back to the TypeScript.
 */
const ours = {
  name: 'ours',
  load: {
    filter: { id: /[\\/]dist[\\/](apps|libs)[\\/].*\.js$/ },
    handler(id) {
      const place = id.slice(dist.length).split(sep).join('/');
      const address = `new URL(${JSON.stringify(place)}, /^.*\\/dist\\//.exec(import.meta.url)[0]).href`;
      return {
        code: readFileSync(id, 'utf8').replaceAll('import.meta.url', address),
        map: readFileSync(`${id}.map`, 'utf8'),
        moduleSideEffects: !id.startsWith(`${dist}libs`),
      };
    },
  },
};

const bundle = await rolldown({
  input: Object.fromEntries(entries.map((entry) => [entry, `${dist}${entry}.js`])),
  platform: 'node',
  external,
  plugins: [ours],
  logLevel: 'warn',
});
await bundle.write({
  dir: dist,
  chunkFileNames: 'bundle/[name]-[hash].js',
  sourcemap: true,
  // Nest, the API's documents and our logs tell classes by their names.
  keepNames: true,
});
await bundle.close();
