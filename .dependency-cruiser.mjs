/** Who may import whom (DESIGN 2). `npm run check` and test/architecture.spec.ts hold it. */
const insideOf = (name) => `^libs/${name}/`;

/** Contexts that each context may use through its index.ts; kernel is open to all. */
export const allowed = {
  kernel: [],
  database: [],
  'event-store': ['database'],
  projections: ['event-store', 'database'],
  people: ['commands', 'database'],
  pilots: [],
  commands: ['event-store', 'people', 'access', 'pathway', 'pilots'],
  pathway: ['commands', 'projections'],
  reactions: ['event-store', 'database', 'commands', 'projections', 'pathway', 'pilots'],
  metrics: ['projections', 'pathway', 'pilots'],
  access: ['event-store', 'database', 'pilots'],
  interop: ['commands', 'pathway', 'people', 'pilots'],
  simulation: ['commands', 'pathway', 'people', 'pilots'],
  web: ['pathway', 'pilots', 'metrics', 'access', 'people', 'projections'],
};

const outside = Object.entries(allowed).map(([context, friends]) => ({
  name: `${context}-imports-only-its-friends`,
  comment: `libs/${context} may use kernel${friends.map((f) => `, ${f}`).join('')} and nothing else of ours.`,
  severity: 'error',
  from: { path: insideOf(context), pathNot: '\\.spec\\.ts$|/testing/|/bench/' },
  to: { path: '^(libs|apps)/', pathNot: [context, 'kernel', ...friends].map(insideOf) },
}));

export default {
  forbidden: [
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'only-the-index-of-another-context',
      severity: 'error',
      from: { path: '^(?:libs/([^/]+)|apps/([^/]+))/', pathNot: '/bench/' },
      to: { path: '^libs/([^/]+)/', pathNot: ['^libs/$1/', '^libs/[^/]+/index\\.ts$'] },
    },
    {
      name: 'domain-is-pure',
      comment: 'A domain folder uses the kernel and itself.',
      severity: 'error',
      from: { path: '^libs/([^/]+)/domain/', pathNot: '\\.spec\\.ts$|/testing/' },
      to: { pathNot: ['^libs/$1/domain/', '^libs/kernel/'] },
    },
    {
      name: 'kernel-imports-nothing-of-ours',
      severity: 'error',
      from: { path: '^libs/kernel/' },
      to: { path: '^(libs|apps)/', pathNot: '^libs/kernel/' },
    },
    { name: 'libs-know-no-app', severity: 'error', from: { path: '^libs/' }, to: { path: '^apps/' } },
    {
      name: 'no-orphan-dependency',
      severity: 'error',
      from: { path: '^(libs|apps)/', pathNot: '\\.spec\\.ts$|/testing/|/contract/|/bench/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
    ...outside,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      conditionNames: ['throughcare-source', 'import', 'node', 'default', 'types'],
      exportsFields: ['exports'],
      extensions: ['.ts', '.js', '.mjs', '.json'],
    },
  },
};
